import {builtInDecoders} from './decode/kubernetes.js';
import {type Place, placeOf} from './decode/place.js';
import {type Generation} from './generations/generation.js';
import {generationOfApiVersion} from './generations/index.js';
import {isJsonObject, type JsonObject} from './json.js';
import {type KindMap, type KindName} from './model.js';
import {isLiqoKind} from './resources.js';

export {kindOf} from './resources.js';

/**
Reads a raw object of a kind into the model, whatever its form: what cannot be read is listed in `defects`, and never throws.

Liqo's kinds are read as the given generation writes them; without one, as the object's own apiVersion says.
*/
export const decode = <K extends KindName>(
	kind: K,
	raw: unknown,
	generation?: Generation,
): KindMap[K] => {
	const name: KindName = kind;
	if (isLiqoKind(name)) {
		const reader =
			generation ??
			generationOfApiVersion(isJsonObject(raw) ? raw.apiVersion : undefined);
		// Its promise never to throw holds for anything, not only for objects.
		return reader.decode(kind, raw as JsonObject);
	}

	const read: (root: Place) => KindMap[KindName] = builtInDecoders[name];
	return read(placeOf(raw)) as KindMap[K];
};
