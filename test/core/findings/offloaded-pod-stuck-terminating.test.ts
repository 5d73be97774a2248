import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('offloaded-pod-stuck-terminating');
