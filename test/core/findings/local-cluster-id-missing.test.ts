import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('local-cluster-id-missing');
