import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('webhook-skip-set');
