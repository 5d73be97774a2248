import {vi} from 'vitest';
import {type Client} from './client.js';
import {contract} from './contract.js';

type Schema = Readonly<Record<string, unknown>>;
type Rule = Readonly<Record<string, unknown>> | string;

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const text = {type: 'string', maxLength: 30};
const number = {type: 'integer'};

const object = (
	properties: Readonly<Record<string, Schema>>,
	...rules: readonly Rule[]
): Schema => withRules({type: 'object', properties}, ...rules);

const withRules = (schema: Schema, ...rules: readonly Rule[]): Schema =>
	rules.length === 0
		? schema
		: {
				...schema,
				'x-kubernetes-validations': rules.map((rule) =>
					typeof rule === 'string' ? {rule} : rule,
				),
			};

const list = (items: Schema, ...rules: readonly Rule[]): Schema =>
	withRules({type: 'array', items, maxItems: 5}, ...rules);

/**
Each has a kind of its own: two definitions of one are not both served.
*/
const kindOf = (plural: string): string =>
	`${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;

const definition = (
	plural: string,
	spec: Schema,
	...rules: readonly Rule[]
) => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: `${plural}.rules.test`},
	spec: {
		group: 'rules.test',
		scope: 'Namespaced',
		names: {plural, kind: kindOf(plural)},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				subresources: {status: {}},
				schema: {
					openAPIV3Schema: object(
						{
							spec,
							status: object({phase: withRules(text, "self != 'no'")}),
						},
						...rules,
					),
				},
			},
		],
	},
});

/**
A kind with rules, served under a name that is the case's own.
*/
const serve = async (
	client: Client,
	plural: string,
	schema: Schema,
	...rules: readonly Rule[]
) => {
	await client.post(definitions, definition(plural, schema, ...rules), {
		isSetup: true,
	});
	const path = `/apis/rules.test/v1/namespaces/${client.namespace}/${plural}`;
	const write = async (spec: Schema, name = 'x'): Promise<void> => {
		await client.post(`${path}?dryRun=All`, ruled(plural, spec, name));
	};

	await untilServed(client, path);
	return {
		path,
		write,
		async create(spec: Schema): Promise<void> {
			await client.post(path, ruled(plural, spec, 'x'), {isSetup: true});
		},
		async change(spec: Schema): Promise<void> {
			await client.patch(`${path}/x?dryRun=All`, 'merge', {spec});
		},
	};
};

const ruled = (plural: string, spec: Schema, name: string) => ({
	apiVersion: 'rules.test/v1',
	kind: kindOf(plural),
	metadata: {name},
	spec,
});

const untilServed = async (client: Client, path: string): Promise<void> => {
	await vi.waitFor(async () => client.get(path, {isSetup: true}), {
		timeout: 60_000,
		interval: 50,
	});
};

/**
Definitions that are refused or accepted for a rule, one after the other.
*/
const propose = async (
	{post, note}: Client,
	plural: string,
	...rules: readonly Rule[]
): Promise<void> => {
	const properties = {
		s: text,
		i: number,
		n: {type: 'number'},
		b: {type: 'boolean'},
		d: {type: 'string', format: 'date-time'},
		l: list(text),
		lo: list(object({k: text, v: number})),
		m: {type: 'object', additionalProperties: number, maxProperties: 5},
		io: {'x-kubernetes-int-or-string': true},
		'a-b': text,
		nested: object({x: number}),
	};
	for (const rule of rules) {
		const {status, body} = await post(
			`${definitions}?dryRun=All`,
			definition(plural, object(properties, rule)),
			{isSilent: true},
		);
		note(
			status < 300
				? {rule, status}
				: {rule, status, message: body.message, details: body.details},
		);
	}
};

contract('rules', {
	async 'that values break'(client) {
		const {write} = await serve(
			client,
			'simples',
			object({
				s: withRules(text, "self != 'no'"),
				i: withRules(number, 'self < 10'),
				n: withRules({type: 'number'}, 'self < 2.5'),
				b: withRules({type: 'boolean'}, 'self'),
				l: list(withRules(text, "self != 'no'"), 'self.isSorted()'),
				m: withRules(
					{
						type: 'object',
						additionalProperties: withRules(number, 'self > 0'),
						maxProperties: 5,
					},
					'size(self) < 3',
				),
				o: object({a: number, b: number}, 'self.a < self.b'),
				io: withRules(
					{'x-kubernetes-int-or-string': true},
					"type(self) == int ? self < 5 : self.matches('^[0-9]+%$')",
				),
				nothing: withRules({...text, nullable: true}, "self == 'a'"),
			}),
		);
		for (const spec of [
			{},
			{s: 'yes', i: 9, n: 2, b: true, l: ['a', 'b'], m: {x: 1}},
			{s: 'no'},
			{i: 10},
			{n: 2.5},
			{n: 3},
			{b: false},
			{l: ['b', 'a']},
			{l: ['a', 'no']},
			{m: {x: 0}},
			{m: {x: 1, y: 1, z: 1}},
			{o: {a: 2, b: 1}},
			{o: {a: 2}},
			{io: 4},
			{io: 5},
			{io: '5%'},
			{io: 'x'},
			{nothing: undefined},
		]) {
			await write(spec);
		}
	},
	async 'of the whole object'(client) {
		const {write} = await serve(
			client,
			'wholes',
			object({s: text}),
			"self.metadata.name != 'bad'",
			{
				rule: "!self.metadata.name.startsWith('gen') && self.kind == 'Wholes'",
				message: 'the name is reserved',
				fieldPath: '.spec.s',
			},
		);
		await write({}, 'good');
		await write({}, 'bad');
		await write({}, 'gen');
	},
	async 'with messages and reasons of their own'(client) {
		const {write} = await serve(
			client,
			'words',
			object({
				s: withRules(
					text,
					{rule: "self != 'plain'", message: ' must not be plain '},
					{rule: "self != 'duplicate'", reason: 'FieldValueDuplicate'},
					{
						rule: "self != 'required'",
						reason: 'FieldValueRequired',
						message: 'say more',
					},
					{
						rule: "self != 'forbidden'",
						reason: 'FieldValueForbidden',
						message: 'say less',
					},
					{rule: "self != 'made'", messageExpression: "'not ' + self"},
					{
						rule: "self != 'empty'",
						messageExpression: "' '",
						message: 'fallback',
					},
					{
						rule: "self != 'lines'",
						messageExpression: String.raw`'a\nb'`,
						message: 'fallback',
					},
					{
						rule: "self != 'broken'",
						messageExpression: "string(1 / int('0'))",
						message: 'fallback',
					},
				),
				o: object(
					{
						x: text,
						l: list(text),
						m: {type: 'object', additionalProperties: text},
					},
					{rule: "self.x != 'x'", fieldPath: '.x', message: 'not x'},
					{
						rule: "self.x != 'l'",
						fieldPath: '.l',
						reason: 'FieldValueForbidden',
					},
					{rule: "self.x != 'm'", fieldPath: ".m['a']"},
				),
			}),
		);
		for (const s of [
			'fine',
			'plain',
			'duplicate',
			'required',
			'forbidden',
			'made',
			'empty',
			'lines',
			'broken',
		]) {
			await write({s});
		}

		for (const x of ['x', 'l', 'm']) {
			await write({o: {x}});
		}
	},
	async 'that fail while they are evaluated'(client) {
		const {write} = await serve(
			client,
			'failures',
			object({
				l: list(number, 'self[1] > 0'),
				m: withRules(
					{type: 'object', additionalProperties: number, maxProperties: 3},
					{rule: "self['x'] > 0", message: 'x is wanted'},
				),
				d: withRules(number, '10 / self > 1'),
				i: withRules(text, 'int(self) > 1'),
				any: object(
					{l: list(number)},
					'self.l[1] > 0 || true',
					'!has(self.l) || self.l.all(x, 10 / x > 0 || x == 0)',
				),
			}),
		);
		for (const spec of [
			{l: [1]},
			{l: []},
			{l: [1, 2]},
			{m: {y: 1}},
			{d: 0},
			{d: 5},
			{i: '2'},
			{any: {}},
			{any: {l: [0]}},
		]) {
			await write(spec);
		}
	},
	async 'of times, bytes, quantities and addresses'(client) {
		const {write} = await serve(
			client,
			'formats',
			object({
				d: withRules(
					{type: 'string', format: 'date-time'},
					"self > timestamp('2020-01-01T00:00:00Z')",
				),
				u: withRules(
					{type: 'string', format: 'duration'},
					"self < duration('1h')",
				),
				y: withRules({type: 'string', format: 'byte'}, 'size(self) < 4'),
				q: withRules(text, "quantity(self).isLessThan(quantity('1Gi'))"),
				url: withRules(text, "isURL(self) && url(self).getHostname() == 'x'"),
				ip: withRules(
					text,
					"isIP(self) && cidr('10.0.0.0/8').containsIP(self)",
				),
				cidr: withRules(text, 'cidr(self).prefixLength() == 24'),
			}),
		);
		for (const spec of [
			{d: '2010-01-01T00:00:00Z'},
			{d: '2030-01-01T00:00:00Z'},
			{u: '2h'},
			{u: '30m'},
			{u: '3d'},
			{y: 'YWJjZA=='},
			{y: 'YWJj'},
			{q: '2Gi'},
			{q: '1Mi'},
			{q: 'much'},
			{url: 'https://x:1/y'},
			{url: 'https://y/'},
			{ip: '10.1.2.3'},
			{ip: '11.1.2.3'},
			{ip: 'ten'},
			{cidr: '10.0.0.0/24'},
			{cidr: '10.0.0.0/25'},
		]) {
			await write(spec);
		}
	},
	async 'with functions on lists and texts'(client) {
		const {write} = await serve(
			client,
			'functions',
			object({
				l: list(
					number,
					'self.sum() == 6 && self.min() == 1 && self.max() == 3',
					'self.indexOf(2) == 1 && self.lastIndexOf(9) == -1',
					'self.all(x, x > 0) && self.exists(x, x == 2) && self.exists_one(x, x == 3)',
					'self.map(x, x * 2).filter(x, x > 2) == [4, 6]',
					'sets.contains(self, [1, 2]) && !sets.intersects(self, [7])',
				),
				s: withRules(
					text,
					"self.find('[0-9]+') == '12' && self.findAll('[a-z]').size() == 2",
					"self.replace('a', 'b').upperAscii() == 'B12B'",
					"self.split('1')[0] == 'a' && self.charAt(1) == '1' && self.substring(2) == '2a'",
					"'%s-%d'.format([self, 7]) == self + '-7'",
					"self.matches('(?i)^A') && self.trim().size() == 4",
				),
				lo: {
					type: 'array',
					maxItems: 5,
					items: object({k: text, v: number}),
					'x-kubernetes-validations': [
						{
							rule: "self.all(x, !has(x.v) || x.v > 0) && (size(self) == 0 || !has(self[0].v) || self[0].k == 'first')",
						},
						{
							rule: 'self.all(x, self.exists_one(y, x.k == y.k))',
							message: 'keys differ',
						},
					],
				},
			}),
		);
		for (const spec of [
			{l: [1, 2, 3]},
			{l: [1, 1, 4]},
			{s: 'a12a'},
			{lo: [{k: 'first', v: 1}, {k: 'b'}]},
			{lo: [{k: 'a', v: 1}]},
			{lo: [{k: 'a'}, {k: 'a'}]},
		]) {
			await write(spec);
		}
	},
	async 'between what was and what is'(client) {
		const {write, create, change} = await serve(
			client,
			'transitions',
			object({
				id: withRules(text, {rule: 'self == oldSelf', message: 'immutable'}),
				grow: withRules(number, 'oldSelf <= self'),
				frozen: withRules(number, {
					rule: '!oldSelf.hasValue() || self == oldSelf.value()',
					optionalOldSelf: true,
				}),
				late: withRules(number, {
					rule: 'oldSelf.hasValue()',
					optionalOldSelf: true,
					message: 'only later',
				}),
				o: object({a: number, b: number}, 'self.a >= oldSelf.a', {
					rule: 'self.?b.orValue(0) >= oldSelf.?b.orValue(0)',
					message: 'b',
				}),
				lm: {
					type: 'array',
					'x-kubernetes-list-type': 'map',
					'x-kubernetes-list-map-keys': ['k'],
					maxItems: 5,
					items: {
						...object({k: text, v: withRules(number, 'self == oldSelf')}),
						required: ['k'],
					},
				},
				m: {
					type: 'object',
					maxProperties: 5,
					additionalProperties: withRules(
						number,
						'self == oldSelf || self > 9',
					),
				},
			}),
		);
		await write({id: 'a', frozen: 1, lm: [{k: 'a', v: 1}]});
		await write({late: 1});
		await create({
			id: 'a',
			grow: 5,
			frozen: 1,
			o: {a: 1},
			lm: [
				{k: 'a', v: 1},
				{k: 'b', v: 2},
			],
			m: {x: 1},
		});
		for (const spec of [
			{id: 'b'},
			{id: 'a'},
			{grow: 4},
			{grow: 6},
			{frozen: 2},
			{late: 1},
			{o: {a: 0}},
			{o: {b: -1}},
			{o: {b: 1}},
			{lm: [{k: 'b', v: 2}]},
			{lm: [{k: 'b', v: 3}]},
			{lm: [{k: 'c', v: 3}]},
			{m: {x: 2}},
			{m: {x: 10}},
			{m: {y: 1}},
		]) {
			await change(spec);
		}
	},
	async 'that are looked at after the schema'(client) {
		const {write} = await serve(client, 'blocked', {
			...object({
				s: withRules({type: 'string', maxLength: 5}, "self != 'no'"),
				i: withRules({type: 'integer', maximum: 20}, 'self < 10'),
				need: object({x: text}),
				set: {...list(text), 'x-kubernetes-list-type': 'set'},
				map: {
					...list({...object({k: text}), required: ['k']}),
					'x-kubernetes-list-type': 'map',
					'x-kubernetes-list-map-keys': ['k'],
				},
			}),
			required: ['i'],
		});
		await write({s: 'no'});
		await write({s: 1, i: 11});
		await write({s: 'too long', i: 11});
		await write({i: 21});
		await write({i: 1, set: ['a', 'b', 'a', 'a']});
		await write({i: 1, map: [{k: 'a'}, {k: 'a'}]});
	},
	async 'of a status'(client) {
		const {path, create} = await serve(client, 'statuses', object({s: text}));
		await create({s: 'a'});
		await client.patch(`${path}/x/status?dryRun=All`, 'merge', {
			status: {phase: 'no'},
		});
		await client.patch(`${path}/x/status?dryRun=All`, 'merge', {
			status: {phase: 'yes'},
		});
	},
	async 'that came after the object'(client) {
		const loose = object({
			s: text,
			o: object({a: number, b: number}),
			i: number,
			atoms: list(number),
		});
		const {path, create, change} = await serve(client, 'ratchets', loose);
		await create({s: 'old', o: {a: 1, b: 1}, i: 9, atoms: [9, 1]});
		const strict = object({
			s: withRules(text, {rule: "self != 'old'", message: 'not old'}),
			o: object({a: number, b: number}, 'self.b != 1'),
			i: {type: 'integer', maximum: 5},
			atoms: list({type: 'integer', maximum: 5}),
		});
		await client.patch(
			`${definitions}/ratchets.rules.test`,
			'json',
			[
				{
					op: 'replace',
					path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec',
					value: strict,
				},
			],
			{isSetup: true},
		);
		await vi.waitFor(
			async () => {
				const {status} = await client.post(
					`${path}?dryRun=All`,
					ruled('ratchets', {s: 'old'}, 'probe'),
					{isSilent: true},
				);
				if (status !== 422) {
					throw new Error('The rules are not in force yet.');
				}
			},
			{timeout: 60_000, interval: 50},
		);
		await change({s: 'new', o: {b: 2}});
		await change({s: 'old', o: {b: 2}});
		await change({o: {a: 2}, s: 'new'});
		await change({i: 8, s: 'new', o: {b: 2}});
		await change({atoms: [9, 2], s: 'new', o: {b: 2}});
		await change({i: 1, s: 'new', o: {b: 2}});
	},
	async 'of Liqo: a cluster stays who it is'({post, patch, delete: remove}) {
		const path = '/apis/core.liqo.io/v1beta1/foreignclusters';
		await post(
			path,
			{
				apiVersion: 'core.liqo.io/v1beta1',
				kind: 'ForeignCluster',
				metadata: {name: 'far'},
				spec: {clusterID: 'far'},
			},
			{isSetup: true},
		);
		await patch(`${path}/far`, 'merge', {spec: {clusterID: 'near'}});
		await remove(`${path}/far`, undefined, {isSetup: true});
	},
	async 'that do not compile'(client) {
		await propose(
			client,
			'broken',
			"self.q == 'a'",
			's == 1',
			'self.s == 1',
			'self.i + ',
			'1',
			'self.l.size()',
			'self.l.all(x, x > 1)',
			'self.lo.exists(e, e.zz == 1)',
			'foo(self.s)',
			'self.s.nope()',
			'self.s.startsWith(1)',
			'size(self.i) == 1',
			'self.l.sum() == 1',
			'has(self.q)',
			'has(self)',
			'has(self.lo[0].zz)',
			"self['s'] == 'x'",
			"self.l['a'] == 'x'",
			'self.i in self.l',
			'!self.s',
			'self.s && true',
			"true ? 1 : 'x'",
			'self.n == 1',
			'self.nested.x.y == 1',
			"[1, 'x'].size() > 0",
			"self.s.matches('(')",
			"self.s.matches('a(?=b)')",
			"duration('zz') == duration('1s')",
			'self.i == 99999999999999999999',
			'self.l.exists(1, true)',
			'self.i.all(x, true)',
			'x.y.z',
		);
	},
	async 'whose other parts are wrong'(client) {
		await propose(
			client,
			'parts',
			'',
			{message: 'x'},
			{rule: 'true', message: ' '},
			{rule: 'true', message: 'a\nb'},
			{rule: 'self.i >\n 1'},
			{rule: 'true', messageExpression: '1'},
			{rule: 'true', messageExpression: "'x' + self.q"},
			{rule: 'true', messageExpression: '  '},
			{rule: 'true', reason: 'Nope'},
			{rule: 'true', fieldPath: '.q'},
			{rule: 'true', fieldPath: 's'},
			{rule: 'true', fieldPath: '.lo[0]'},
			{rule: 'true', fieldPath: ' '},
			{rule: 'true', optionalOldSelf: true},
			{rule: 'oldSelf.s == self.s', optionalOldSelf: true},
		);
		const {status, body} = await client.post(
			`${definitions}?dryRun=All`,
			definition(
				'parts',
				object({l: list(withRules(text, 'self == oldSelf'))}),
			),
			{isSilent: true},
		);
		client.note({status, message: body.message});
	},
	async 'that compile'(client) {
		await propose(
			client,
			'sound',
			"self.a__dash__b == 'x'",
			'self.io == 1 || self.io.matches("x")',
			'self.m.foo == 1 || self.m["foo"] == 1',
			'self.n > 1 && self.i > 1.5',
			'self == oldSelf',
			{rule: 'oldSelf.hasValue()', optionalOldSelf: true},
			'self.lo.map(x, x.v).sum() > 1',
			'self.?s.orValue("") == "x"',
			"has(self.lo[0].k) && 'has(' != self.s // has(",
			{rule: 'true', fieldPath: ".m['x']", message: 'm'},
			{rule: 'true', fieldPath: "['a-b']"},
			'self.lo[0] == self.lo[1] && self.nested == self.nested',
		);
	},
});
