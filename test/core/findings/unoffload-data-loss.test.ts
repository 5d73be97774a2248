import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('unoffload-data-loss');
