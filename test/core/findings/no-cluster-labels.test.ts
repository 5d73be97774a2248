import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('no-cluster-labels');
