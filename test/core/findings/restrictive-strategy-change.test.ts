import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('restrictive-strategy-change');
