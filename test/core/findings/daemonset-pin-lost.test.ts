import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('daemonset-pin-lost');
