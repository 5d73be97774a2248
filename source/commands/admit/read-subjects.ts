import {isJsonObject, type JsonObject} from '../../core/json.js';
import {sanitize} from '../../core/sanitize.js';
import {type CommandContext} from '../command.js';
import {readSavedObjects} from '../saved-objects.js';

const kinds = ['AdmissionReview', 'Pod', 'NamespaceOffloading'] as const;

export type SubjectKind = (typeof kinds)[number];

/**
One object that is asked about.
*/
export type Subject = {
	readonly object: JsonObject;
	readonly namespace: string;
	/**
	The offloading of that name as the files say that it exists.
	*/
	readonly held?: JsonObject;
};

export type Subjects = {
	readonly kind: SubjectKind;
	readonly subjects: readonly Subject[];
	/**
	Whether other objects came along: then no cluster is asked.
	*/
	readonly isWhole: boolean;
};

const metadataOf = ({metadata}: JsonObject): JsonObject =>
	isJsonObject(metadata) ? metadata : {};

const namespaceOf = (object: JsonObject, {flags}: CommandContext): string => {
	const {namespace} = metadataOf(object);
	return typeof namespace === 'string' && namespace !== ''
		? namespace
		: (flags.namespace ?? 'default');
};

const readFiles = async (
	context: CommandContext,
): Promise<readonly JsonObject[] | undefined> => {
	const {flags, stdin, stderr} = context;
	const objects: JsonObject[] = [];
	for (const place of flags.filename) {
		// eslint-disable-next-line no-await-in-loop -- Errors name the first file that is wrong.
		const result = await readSavedObjects(place, {
			isRecursive: flags.recursive,
			stdin: stdin as AsyncIterable<Uint8Array>,
		});
		if (!result.isOk) {
			stderr.write(`${sanitize(result.message)}\n`);
			return undefined;
		}

		objects.push(...result.value);
	}

	return objects;
};

/**
Given twice, an offloading is asked about as it stands last, and exists as it stands before. Given once among other objects it exists when a
server has given it an identity: then it is asked about as it is.
*/
const offloadingSubjects = (
	objects: readonly JsonObject[],
	context: CommandContext,
	isWhole: boolean,
): readonly Subject[] => {
	const given = Map.groupBy(objects, (object) =>
		JSON.stringify([namespaceOf(object, context), metadataOf(object).name]),
	);
	return given
		.values()
		.map((versions): Subject => {
			const object = versions.at(-1)!;
			const isSaved = isWhole && typeof metadataOf(object).uid === 'string';
			const held = versions.at(-2) ?? (isSaved ? object : undefined);
			return {
				object,
				namespace: namespaceOf(object, context),
				...(held && {held}),
			};
		})
		.toArray();
};

/**
What the files ask about: the reviews in them, else the pods, else the offloadings. Absent when that is nothing, which is told on stderr.
*/
export const readSubjects = async (
	context: CommandContext,
): Promise<Subjects | undefined> => {
	const objects = await readFiles(context);
	if (objects === undefined) {
		return undefined;
	}

	for (const kind of kinds) {
		const found = objects.filter((object) => object.kind === kind);
		if (found.length === 0) {
			continue;
		}

		const isAmongOthers = objects.length > found.length;
		const subjects =
			kind === 'NamespaceOffloading'
				? offloadingSubjects(found, context, isAmongOthers)
				: found.map((object): Subject => ({
						object,
						namespace: namespaceOf(object, context),
					}));
		return {
			kind,
			subjects,
			isWhole: isAmongOthers || subjects.length < found.length,
		};
	}

	const {flags, stderr} = context;
	stderr.write(
		flags.filename.length === 0
			? 'admit needs a pod or an offloading: give it with -f FILE.\n'
			: `${sanitize(flags.filename.join(', '))}: no pod and no offloading in it.\n`,
	);
	return undefined;
};
