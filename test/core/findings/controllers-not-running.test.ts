import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('controllers-not-running');
