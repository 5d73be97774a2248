import {remembered} from '../remembered.js';
import {type Encoding} from './encoding.js';
import {noListAt, notAcceptable, notThat, wrongForm} from './incoming.js';
import {type Failure} from './status.js';

/**
The form in which a client wants objects: as they are, as rows of a Table, or only their metadata.
*/
export type Form =
	| {readonly form: 'object'; readonly encoding: Encoding}
	| {
			readonly form: 'table' | 'metadata';
			/**
			Of `meta.k8s.io`: `v1` or `v1beta1`.
			*/
			readonly version: string;
			readonly encoding: Encoding;
	  };

type Clause = {
	readonly type: string;
	readonly weight: number;
	readonly options: ReadonlyMap<string, string>;
};

const readClauses = remembered((accept): readonly Clause[] =>
	accept
		.split(',')
		.map((part): Clause => {
			const [type = '', ...parameters] = part
				.split(';')
				.map((piece) => piece.trim());
			const options = new Map(
				parameters.map((parameter) => {
					const [key = '', value = ''] = parameter.split('=', 2);
					return [key, value] as const;
				}),
			);
			return {type, weight: Number(options.get('q') ?? 1), options};
		})
		.toSorted((left, right) => right.weight - left.weight),
);

const encodings: Readonly<Record<string, Encoding>> = {
	'application/json': 'json',
	'application/yaml': 'yaml',
	'*/*': 'json',
};

const versions: Readonly<Record<string, readonly string[]>> = {
	Table: ['v1', 'v1beta1'],
	PartialObjectMetadata: ['v1', 'v1beta1'],
	PartialObjectMetadataList: ['v1', 'v1beta1'],
};

/**
Reads the Accept header.

@param accept
@param isList whether a list is asked for, which can be watched too
@param subject
@param subject.kind Go's name of what is asked for; empty where that does not matter
@param subject.isCustom custom resources take more and say less
@param subject.isPlain what is asked for has but one form
@returns why nothing in it can be served; of protobuf alone that is said too
*/
export const readForm = (
	accept: string,
	isList: boolean,
	{
		kind = '',
		isCustom = false,
		isPlain = false,
	}: {kind?: string; isCustom?: boolean; isPlain?: boolean} = {},
): Form | Failure => {
	if (accept === '') {
		return {form: 'object', encoding: 'json'};
	}

	let isKnown = false;
	for (const {type, options} of readClauses(accept)) {
		const encoding =
			isCustom && type === 'application/*' ? 'json' : encodings[type];
		if (encoding === undefined) {
			continue;
		}

		isKnown = true;
		const as = options.get('as');
		if (as === undefined) {
			return {form: 'object', encoding};
		}

		const version = options.get('v') ?? '';
		const isServed =
			!isPlain &&
			options.get('g') === 'meta.k8s.io' &&
			versions[as]?.includes(version) === true;
		if (isServed) {
			// A watch is asked for like a list, and answers single objects.
			if (
				kind !== '' &&
				as === (isList ? 'PartialObjectMetadata' : 'PartialObjectMetadataList')
			) {
				return isCustom && !isList ? noListAt : notThat(as, isList, kind);
			}

			return {form: as === 'Table' ? 'table' : 'metadata', version, encoding};
		}
	}

	return isKnown || isCustom ? wrongForm : notAcceptable(isList);
};

/**
How an answer is written to a client that takes these types.
*/
export const encodingOf = (accept: string): Encoding => {
	for (const {type} of readClauses(accept)) {
		const encoding = encodings[type];
		if (encoding !== undefined) {
			return encoding;
		}
	}

	return 'json';
};
