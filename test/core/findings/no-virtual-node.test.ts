import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('no-virtual-node');
