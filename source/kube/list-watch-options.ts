import {
	type Generation,
	type Resource,
} from '../core/generations/generation.js';
import {type KindName} from '../core/model.js';
import {type Clock} from './clock.js';
import {type Pulse} from './pulse.js';
import {type Selection} from './resource-path.js';
import {type Sink} from './sink.js';
import {type Transport} from './transport.js';

/**
What was learnt of a server, shared by all list-watches on it.
*/
export type Capabilities = {
	/**
	Whether a watch may begin with what exists (`sendInitialEvents`); true until the server refuses it.
	*/
	hasWatchList: boolean;
	hasProtobuf: boolean;
};

export type Patience = {
	/**
	After so many milliseconds without a byte (bookmarks come every minute) a watch is taken for dead and opened anew.
	*/
	readonly silence: number;
	/**
	The same, while what exists is still being sent.
	*/
	readonly initialSilence: number;
	/**
	How often a kind that is forbidden or not served is asked for again.
	*/
	readonly recheck: number;
	/**
	How often it is listed where watching is not permitted.
	*/
	readonly poll: number;
	/**
	How long a cut watch may take to come back before it counts as stale.
	*/
	readonly grace: number;
	/**
	How often the server is asked for a sign of life.
	*/
	readonly pulse: number;
	/**
	How long the first objects may take to arrive before they are counted.
	*/
	readonly count: number;
};

export const defaultPatience: Patience = {
	silence: 90_000,
	initialSilence: 20_000,
	recheck: 30_000,
	poll: 30_000,
	grace: 1000,
	pulse: 15_000,
	count: 400,
};

export type ListWatchOptions = {
	readonly kind: KindName;
	readonly resource: Resource;
	readonly selection?: Selection;
	/**
	How Liqo's kinds are read.
	*/
	readonly generation: Generation | undefined;
	readonly transport: Transport;
	readonly capabilities: Capabilities;
	readonly sink: Sink;
	/**
	Tells when the server gives no sign of life, so that an open watch is not believed.
	*/
	readonly pulse?: Pulse;
	readonly clock: Clock;
	readonly patience?: Partial<Patience>;
	/**
	Whether somebody is at the keys just now: what arrives is then read in shorter turns, with rests between them.
	*/
	readonly isAttended?: () => boolean;
	/**
	Which objects of the sink are this list-watch's, when it shares the sink with others: only those are ever removed.

	@default those of the selected namespace, or all
	*/
	owns?(namespace: string, name: string): boolean;
};

export type ListWatch = {
	/**
	Hangs up for good; nothing is delivered afterwards.
	*/
	stop(): void;
};
