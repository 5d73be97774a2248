import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('quick-label-stale');
