import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('virtual-node-deletion-blocked');
