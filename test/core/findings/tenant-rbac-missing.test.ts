import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('tenant-rbac-missing');
