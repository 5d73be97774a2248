import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('offloading-stuck-terminating');
