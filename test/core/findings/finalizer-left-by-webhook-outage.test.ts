import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('finalizer-left-by-webhook-outage');
