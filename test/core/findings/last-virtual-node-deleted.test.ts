import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('last-virtual-node-deleted');
