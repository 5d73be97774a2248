import {readObjectBody, readOptionalJson} from '../http/json-body.js';
import {type Failure, isFailure, methodNotAllowed} from '../http/status.js';
import {patchTypes} from '../objects/patch.js';
import {type Target} from '../objects/target.js';
import {applyJsonPatch} from '../patch/json.js';
import {applyMergePatch} from '../patch/merge.js';
import {isTree, type Tree} from '../value.js';
import {serveScale, type SubresourceAnswer} from './subresources.js';

type ScaleRequest = {
	readonly method: string;
	readonly body: string;
	readonly contentType: string;
};

const patchScale =
	(contentType: string, body: string) =>
	(scale: Tree): Tree | Failure => {
		const patch = readOptionalJson(body);
		if (isFailure(patch)) {
			return patch;
		}

		if (contentType === patchTypes.json) {
			const outcome = applyJsonPatch(scale, patch);
			return 'result' in outcome && isTree(outcome.result)
				? outcome.result
				: scale;
		}

		return isTree(patch) ? applyMergePatch(scale, patch) : scale;
	};

export const serveScaleRequest = async (
	request: ScaleRequest,
	target: Target,
): Promise<SubresourceAnswer | Failure> => {
	const {method, body, contentType} = request;
	switch (method) {
		case 'GET': {
			return serveScale(target);
		}

		case 'PUT': {
			return serveScale(target, () => readObjectBody(body));
		}

		case 'PATCH': {
			return serveScale(
				target,
				patchScale(contentType.split(';', 1)[0] ?? '', body),
			);
		}

		default: {
			return methodNotAllowed;
		}
	}
};
