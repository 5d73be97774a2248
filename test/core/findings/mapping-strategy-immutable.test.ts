import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('mapping-strategy-immutable');
