import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('pod-before-offloading');
