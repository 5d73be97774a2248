import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('rolebindings-missing');
