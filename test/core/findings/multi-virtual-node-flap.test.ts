import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('multi-virtual-node-flap');
