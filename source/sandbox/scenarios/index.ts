import {type Scenario} from './scenario.js';
import {faultScenarios} from './faults.js';
import {offload} from './offload.js';
import {tour} from './tour.js';

export type NamedScenario = Scenario;

/**
Nothing but Kubernetes' own kinds and Liqo's definitions: for playing any sequence of steps.
*/
export const emptyScenario: Scenario = {
	id: 'empty',
	title: 'Only the API: built-in kinds and the definitions of Liqo',
	generations: ['v0.3', 'v1beta1'],
	build() {}, // eslint-disable-line @typescript-eslint/no-empty-function -- there is nothing to build
};

const healthyScenario: Scenario = {
	id: 'healthy',
	title: 'Namespaces offloaded to three providers, and nothing wrong',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		offload(draft, 'payments', {
			podStrategy: 'Remote',
			terms: [
				{matchExpressions: [{key: 'region', operator: 'In', values: ['eu']}]},
			],
			on: {eu: 'Accepted'},
		});
	},
};

/**
All scenarios by which a sandbox can be started.
*/
export const scenarios: readonly Scenario[] = [
	healthyScenario,
	tour,
	emptyScenario,
	...faultScenarios,
];

export const findScenario = (id: string): Scenario | undefined =>
	scenarios.find((scenario) => scenario.id === id);
