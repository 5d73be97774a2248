import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('stale-syntax-annotation');
