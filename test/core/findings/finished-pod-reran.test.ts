import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('finished-pod-reran');
