import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('selector-not-in-force');
