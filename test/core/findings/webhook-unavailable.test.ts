import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('webhook-unavailable');
