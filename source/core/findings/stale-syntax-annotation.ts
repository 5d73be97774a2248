import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';

export const staleSyntaxAnnotation: FailureMode = {
	id: 'stale-syntax-annotation',
	title: 'An old selector error is still annotated',
	severity: 'info',
	generations: ['v0.3'],
	order: 800,
	explains: [],
	reads: ['NamespaceOffloading'],
	symptom: 'The annotation says that the selector is invalid, but it is valid.',
	cause: 'v0.3 writes the annotation and never removes it.',
	proof: 'The annotation is there and the selector evaluates without error.',
	remedies: ['remove-mark'],
	scope: 'namespace',
	find({offloading, errors}) {
		const text = offloading?.metadata.annotations[keys.schedulingEnabled];
		return offloading && text !== undefined && errors.length === 0
			? [
					{
						object: refOf(offloading),
						message:
							'The annotation still tells of a selector error that is corrected by now.',
						consequence: 'Nothing is broken; whoever reads it is misled.',
						evidence: [
							fact(
								offloading,
								`metadata.annotations["${keys.schedulingEnabled}"]`,
								text,
							),
						],
						offers: [
							{
								remedy: 'remove-mark',
								title: 'Remove the annotation',
								given: {
									kind: 'NamespaceOffloading',
									name: offloading.metadata.name,
									annotation: keys.schedulingEnabled,
								},
								safety: 'automatic',
							},
						],
					},
				]
			: [];
	},
};
