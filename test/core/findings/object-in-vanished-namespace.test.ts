import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('object-in-vanished-namespace');
