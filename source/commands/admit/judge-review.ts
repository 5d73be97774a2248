import {isJsonObject, type Json, type JsonObject} from '../../core/json.js';
import {answerReview, webhookPaths} from '../reconcile/admission-review.js';
import {type Judging} from './judge-pod.js';

export type ReviewJudgement =
	| {readonly outcome: 'answered'; readonly review: JsonObject}
	| {readonly outcome: 'failed'; readonly message: string};

const textAt = (parent: Json | undefined, key: string): string => {
	const value = isJsonObject(parent) ? parent[key] : undefined;
	return typeof value === 'string' ? value : '';
};

/**
The webhook of Liqo that a review is for. What none is registered for goes to that of the pods, which lets it pass.
*/
const pathFor = ({request}: JsonObject): string => {
	const {kind, object, oldObject}: JsonObject = isJsonObject(request)
		? request
		: {};
	return [kind, object, oldObject].some(
		(part) => textAt(part, 'kind') === 'NamespaceOffloading',
	)
		? webhookPaths.offloading
		: webhookPaths.pod;
};

/**
What Liqo's webhook answers to an AdmissionReview, or why it answers with an HTTP error.
*/
export const judgeReview = (
	review: JsonObject,
	{world, rules}: Judging,
): ReviewJudgement => {
	const {status, body} = answerReview(pathFor(review), JSON.stringify(review), {
		cluster: world.consumer,
		rules,
	});
	return status === 200 && isJsonObject(body)
		? {outcome: 'answered', review: body}
		: {outcome: 'failed', message: typeof body === 'string' ? body : ''};
};
