import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('volume-not-offloadable');
