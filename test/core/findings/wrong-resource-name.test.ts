import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('wrong-resource-name');
