import {fail, type Outcome, succeed} from './errors.js';
import {describeTarget, readTarget} from './request-target.js';

/**
Decides whether a request may leave this process.
*/
export type Gate = (method: string, path: string) => Outcome<undefined>;

const selfReviews: ReadonlySet<string> = new Set([
	'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
	'/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
]);

/**
Subresources that act although they are asked for with GET.
*/
const actingSubresources: ReadonlySet<string> = new Set([
	'exec',
	'attach',
	'portforward',
	'proxy',
]);

const pass = succeed(undefined);

const passAll: Gate = () => pass;

const passReads: Gate = (method, path) => {
	const [plainPath = ''] = path.split('?', 1);
	const target = readTarget(method, path);
	const isRead =
		method === 'GET' &&
		!actingSubresources.has(target.subresource) &&
		plainPath.split('/').every((part) => !(part === '..' || part === '.'));
	const isReview = method === 'POST' && selfReviews.has(plainPath);
	return isRead || isReview
		? pass
		: fail(
				'refused-readonly',
				`Read-only: ${target.verb} ${describeTarget(target)} was not sent.`,
			);
};

/**
The gate of `--readonly`: lets out GET and the two reviews of one's own rights, nothing else. Chosen once; there is no way to
open it.
*/
export const createGate = (isReadOnly: boolean): Gate =>
	isReadOnly ? passReads : passAll;
