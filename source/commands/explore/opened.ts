import {type Store} from '../../store/store.js';
import {type Ports, type Session} from '../../ui/ports.js';
import {type ExitCode} from '../exit-code.js';
import {type Flags} from '../flags.js';

/**
What the explorer is opened on.
*/
export type Opened = {
	readonly store: Store;
	readonly session: Session;
	readonly reads: Pick<Ports, 'now' | 'fetchYaml' | 'fetchEvents'>;
	/**
	Absent where nothing can be written: read-only sessions, saved objects.
	*/
	readonly send: Ports['send'];
	/**
	Called with each key that changes what is shown, so that the rest stands back for it.
	*/
	readonly attend?: () => void;
	/**
	The controllers that came with the clusters: those of a sandbox.
	*/
	readonly queue?: Ports['queue'];
	/**
	Flags with which another command of ours would find the same clusters.
	*/
	readonly where: Partial<Flags>;
	close(): Promise<void>;
};

export type OpenedResult =
	| {readonly isOk: true; readonly value: Opened}
	| {
			readonly isOk: false;
			readonly message: string;
			readonly code: ExitCode;
	  };
