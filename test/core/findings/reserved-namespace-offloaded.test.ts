import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('reserved-namespace-offloaded');
