import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('scheduling-label-with-local');
