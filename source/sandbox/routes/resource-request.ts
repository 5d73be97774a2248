import {type Api, type Caller} from '../api.js';
import {type Answer} from '../http/answer.js';
import {type ResourcePath} from '../http/request-info.js';
import {type Kind} from '../kinds/kind.js';

/**
One request for a resource, read but not yet answered.
*/
export type ResourceRequest = {
	readonly api: Api;
	readonly caller: Caller;
	readonly kind: Kind;
	readonly path: ResourcePath;
	readonly method: string;
	readonly query: URLSearchParams;
	readonly contentType: string;
	readonly accept: string;
	readonly body: string;
	/**
	What a body in YAML said more than once.
	*/
	readonly repeatedKeys?: readonly string[];
	readonly answer: Answer;
};
