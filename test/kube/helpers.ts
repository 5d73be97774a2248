import {Buffer} from 'node:buffer';
import process from 'node:process';
import {type AnyObject} from '../../source/core/model.js';
import {type Access} from '../../source/core/world.js';
import {type Clock, systemClock} from '../../source/kube/clock.js';
import {type Connection} from '../../source/kube/connection.js';
import {createCredentialSource} from '../../source/kube/credentials.js';
import {type UserEntry} from '../../source/kube/kubeconfig-entries.js';
import {type Sink} from '../../source/kube/sink.js';
import {createTransport, type Transport} from '../../source/kube/transport.js';

/**
The system's clock, but nobody waits longer than a moment.
*/
export const hastyClock = (
	longest = 2,
): Clock & {readonly waits: readonly number[]} => {
	const waits: number[] = [];
	return {
		...systemClock,
		random: () => 0,
		waits,
		async wait(milliseconds, signal) {
			waits.push(milliseconds);
			await systemClock.wait(Math.min(milliseconds, longest), signal);
		},
	};
};

export const connectionTo = (
	server: string,
	more: Partial<Connection> & {readonly user?: UserEntry} = {},
): Connection => ({
	title: 'test',
	context: 'test',
	server,
	namespace: 'default',
	cluster: {server},
	username: 'somebody',
	user: {},
	impersonation: [],
	requestTimeout: 5000,
	...more,
});

export const transportTo = (
	server: string,
	more: Partial<Connection> & {
		readonly isReadOnly?: boolean;
		readonly clock?: Clock;
	} = {},
): Transport => {
	const {isReadOnly = false, clock = hastyClock(), ...rest} = more;
	const connection = connectionTo(server, rest);
	return createTransport({
		connection,
		credentials: createCredentialSource(connection, {
			env: {PATH: process.env.PATH},
			now: () => clock.now(),
			pluginTimeLimit: 5000,
		}),
		isReadOnly,
		version: '1.2.3',
		clock,
	});
};

/**
A sink that can be compared with a server.
*/
export class RecordingSink implements Sink {
	readonly objects = new Map<string, AnyObject>();
	readonly states: Access[] = [];
	upserts = 0;

	upsert(object: AnyObject): void {
		this.upserts++;
		this.objects.set(
			`${object.metadata.namespace}/${object.metadata.name}`,
			object,
		);
	}

	remove(namespace: string, name: string): void {
		this.objects.delete(`${namespace}/${name}`);
	}

	retain(isKept: (namespace: string, name: string) => boolean): void {
		for (const [key, {metadata}] of this.objects) {
			if (!isKept(metadata.namespace, metadata.name)) {
				this.objects.delete(key);
			}
		}
	}

	setAccess(access: Access): void {
		this.states.push(access);
	}

	get state(): Access['state'] | undefined {
		return this.states.at(-1)?.state;
	}

	names(): string[] {
		return Iterator.from(this.objects.values())
			.map(
				({metadata}) =>
					`${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}`,
			)
			.toArray()
			.toSorted();
	}
}

export const base64 = (text: string): string =>
	Buffer.from(text).toString('base64');
