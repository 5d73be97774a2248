import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('namespacemap-not-replicated');
