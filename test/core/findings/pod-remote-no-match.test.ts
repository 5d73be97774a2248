import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('pod-remote-no-match');
