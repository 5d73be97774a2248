import {
	collectDefaultMetrics,
	Counter,
	Gauge,
	Histogram,
	Registry,
} from 'prom-client';
import {type Controller, type Pass} from '../../controller/controller.js';
import {type Sent} from '../../controller/outbox.js';

/**
What Prometheus reads.
*/
export type Metrics = {
	notePass(pass: Pass): void;
	noteSent(sent: Sent): void;
	noteReview(path: string, status: number, milliseconds: number): void;
	noteFight(): void;
	/**
	The controller whose queue is measured when Prometheus asks.
	*/
	observe(controller: Controller): void;
	readonly contentType: string;
	text(): Promise<string>;
};

const buckets = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

// Watching the event loop wakes the process each time: twice a second is enough to see that it hangs.
const eventLoopMonitoringPrecision = 500;

/**
With `isServed` the process itself is measured too.
*/
export const createMetrics = ({
	isServed = true,
}: {readonly isServed?: boolean} = {}): Metrics => {
	const registry = new Registry();
	const registers = [registry];
	if (isServed) {
		collectDefaultMetrics({register: registry, eventLoopMonitoringPrecision});
	}

	let controller: Controller | undefined;

	const passes = new Counter({
		name: 'liqoscope_reconcile_total',
		help: 'Attempts to bring one object to where it should be, by how they ended.',
		labelNames: ['reconciler', 'outcome'],
		registers,
	});
	const passSeconds = new Histogram({
		name: 'liqoscope_reconcile_duration_seconds',
		help: 'Time of one attempt, waiting for API servers included.',
		labelNames: ['reconciler'],
		buckets,
		registers,
	});
	const writes = new Counter({
		name: 'liqoscope_writes_total',
		help: 'Writes sent to API servers, by answer.',
		labelNames: ['cluster', 'verb', 'kind', 'answer'],
		registers,
	});
	const writeSeconds = new Histogram({
		name: 'liqoscope_write_duration_seconds',
		help: 'Time from sending a write to its answer.',
		labelNames: ['cluster'],
		buckets,
		registers,
	});
	const reviews = new Counter({
		name: 'liqoscope_admission_reviews_total',
		help: 'Reviews answered by the webhooks.',
		labelNames: ['path', 'status'],
		registers,
	});
	const reviewSeconds = new Histogram({
		name: 'liqoscope_admission_review_duration_seconds',
		help: 'Time to answer a review.',
		buckets,
		registers,
	});
	const fights = new Counter({
		name: 'liqoscope_fights_total',
		help: 'Fields that another program kept turning back.',
		registers,
	});
	const gauges: ReadonlyArray<readonly [Gauge, () => void]> = [
		(() => {
			const gauge = new Gauge({
				name: 'liqoscope_queue_objects',
				help: 'Objects in the queue, by state.',
				labelNames: ['state'],
				registers,
			});
			return [
				gauge,
				() => {
					const counts = controller?.queue.counts();
					for (const state of [
						'queued',
						'running',
						'waiting',
						'failing',
					] as const) {
						gauge.set({state}, counts?.[state] ?? 0);
					}
				},
			] as const;
		})(),
		(() => {
			const gauge = new Gauge({
				name: 'liqoscope_leading',
				help: 'Whether this process holds the lease and acts.',
				registers,
			});
			return [
				gauge,
				() => {
					gauge.set(Number(controller?.isLeading() ?? false));
				},
			] as const;
		})(),
		(() => {
			const gauge = new Gauge({
				name: 'liqoscope_cluster_blocked',
				help: 'Clusters that are not written to at the moment, because they do not answer or asked for patience.',
				labelNames: ['cluster'],
				registers,
			});
			return [
				gauge,
				() => {
					gauge.reset();
					for (const cluster of controller?.blocked().keys() ?? []) {
						gauge.set({cluster}, 1);
					}
				},
			] as const;
		})(),
	];

	return {
		notePass({item, outcome, milliseconds}) {
			passes.inc({reconciler: item.reconciler, outcome: outcome.state});
			passSeconds.observe({reconciler: item.reconciler}, milliseconds / 1000);
		},
		noteSent({change, answer, milliseconds}) {
			writes.inc({
				cluster: change.cluster,
				verb: change.verb,
				kind: change.object.kind,
				answer: answer.state === 'written' ? 'written' : answer.reason,
			});
			writeSeconds.observe({cluster: change.cluster}, milliseconds / 1000);
		},
		noteReview(path, status, milliseconds) {
			// The path is the caller's: only known ones become a label.
			reviews.inc({path: status === 404 ? 'unknown' : path, status});
			reviewSeconds.observe(milliseconds / 1000);
		},
		noteFight() {
			fights.inc();
		},
		observe(next) {
			controller = next;
		},
		contentType: registry.contentType,
		async text() {
			for (const [, measure] of gauges) {
				measure();
			}

			return registry.metrics();
		},
	};
};
