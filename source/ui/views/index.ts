import {type ViewId} from '../reducer/state.js';
import {commandLogView} from './command-log-view.js';
import {eventsView} from './events-view.js';
import {findingsView} from './findings-view.js';
import {matrixView} from './matrix-view.js';
import {planView} from './plan-view.js';
import {queueView} from './queue-view.js';
import {timelineView} from './timeline-view.js';
import {type View} from './view.js';

export const views: Readonly<Record<ViewId, View>> = {
	findings: findingsView,
	matrix: matrixView,
	timeline: timelineView,
	events: eventsView,
	plan: planView,
	queue: queueView,
	'command-log': commandLogView,
};
