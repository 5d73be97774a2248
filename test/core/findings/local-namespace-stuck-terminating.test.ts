import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('local-namespace-stuck-terminating');
