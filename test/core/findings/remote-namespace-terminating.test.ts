import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('remote-namespace-terminating');
