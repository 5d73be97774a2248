import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('tenant-namespace-missing');
