import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('selector-omitted');
