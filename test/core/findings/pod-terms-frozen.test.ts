import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('pod-terms-frozen');
