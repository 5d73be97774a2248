import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('api-generation-mismatch');
