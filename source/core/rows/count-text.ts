import {type KindName} from '../model.js';
import {type ClusterView, isUnseen} from '../world.js';

/**
A number of objects for a cell; `?` where they may not be read.
*/
export const countText = (
	view: ClusterView,
	kind: KindName,
	number: number,
): string => (isUnseen(view.access(kind)) ? '?' : String(number));

/**
A number of objects for a document: absent where they may not be read.
*/
export const knownCount = <T>(
	view: ClusterView,
	kind: KindName,
	number: T,
): T | undefined => (isUnseen(view.access(kind)) ? undefined : number);
