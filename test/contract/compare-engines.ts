import {isDeepStrictEqual} from 'node:util';
import https from 'node:https';
import type {GenerationId} from '../../source/core/generations/generation.js';
import {type Answer, type Client, createClient} from './client.js';
import {type Engine} from './engine.js';
import {createNormalizer, type Normalizer} from './normalize.js';
import {createRandomRequests, type RandomRequest} from './random-requests.js';

/**
A request that the two servers answered differently, with both answers as they were compared.
*/
export type Difference = Readonly<{
	seed: number;
	step: number;
	request: RandomRequest;
	expected: unknown;
	actual: unknown;
}>;

const send = async (
	client: Client,
	{method, path, contentType, raw}: RandomRequest,
): Promise<Answer> =>
	client.request(method, path, {
		isSilent: true,
		...(contentType !== undefined && {contentType}),
		...(raw !== undefined && {raw}),
	});

const warningsOf = ({headers}: Answer): readonly string[] =>
	[headers.warning ?? []].flat().flatMap((value) => value.split(', 299 '));

/**
What Go takes from a map comes in any order: several problems of one object, and who wrote it within one second.
*/
const inAnyOrder = (value: unknown, key = ''): unknown => {
	if (Array.isArray(value)) {
		const items = value.map((item) => inAnyOrder(item));
		return key === 'managedFields' || key === 'causes'
			? items.toSorted((left, right) =>
					JSON.stringify(left) < JSON.stringify(right) ? -1 : 1,
				)
			: items;
	}

	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, item]) => [
				name,
				inAnyOrder(item, name),
			]),
		);
	}

	return key === 'message' && typeof value === 'string'
		? value
				.replaceAll(/[\[\]]/gv, '')
				.replace(' is invalid: ', ', ')
				.split(', ')
				.toSorted()
				.join(', ')
		: value;
};

const comparable = (answer: Answer, normalizer: Normalizer): unknown => ({
	status: answer.status,
	warnings: warningsOf(answer)
		.map((warning) => normalizer.text(warning.replace(/^299 /v, '')))
		.toSorted(),
	body: inAnyOrder(normalizer.body(answer.body)),
});

/**
Plays the same random requests at both servers, and answers what they answer differently. The round ends where they no longer hold the same.
Each seed has objects of its own, so that what one round leaves does not matter to the next.
*/
export const playRound = async (
	{expected, actual}: Readonly<Record<'expected' | 'actual', Engine>>,
	{
		seed,
		steps,
		generation,
	}: Readonly<{seed: number; steps: number; generation: GenerationId}>,
): Promise<{played: number; differences: readonly Difference[]}> => {
	const agent = new https.Agent({keepAlive: true, maxSockets: 2});
	const clients = [
		createClient(expected, '', agent),
		createClient(actual, '', agent),
	] as const;
	const requests = createRandomRequests(seed, `r${seed}`, generation);
	const normalizers = [createNormalizer(), createNormalizer()] as const;
	const differences: Difference[] = [];
	let step = -requests.setup.length;
	try {
		for (; step < steps; step++) {
			const request =
				requests.setup[step + requests.setup.length] ?? requests.next();

			const [right, ours] = await Promise.all([
				send(clients[0], request),
				send(clients[1], request),
			]);
			const wanted = comparable(right, normalizers[0]);
			const found = comparable(ours, normalizers[1]);
			if (isDeepStrictEqual(wanted, found)) {
				continue;
			}

			differences.push({
				seed,
				step,
				request,
				expected: wanted,
				actual: found,
			});
			if (right.status < 400 || ours.status < 400) {
				break;
			}
		}

		return {played: Math.max(step, 0), differences};
	} finally {
		agent.destroy();
	}
};
