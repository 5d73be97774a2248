import {type Change} from '../../core/change.js';
import {type JsonObject} from '../../core/json.js';
import {type Store} from '../../store/store.js';
import {type Outcome, type Ports, type Session} from '../../ui/ports.js';
import {type ExitCode} from '../exit-code.js';

/**
How a change is sent; absent where nothing can be written (read-only sessions, saved objects).
*/
export type Send = (
	change: Change,
	isDryRun: boolean,
) => Promise<Outcome<JsonObject | undefined>>;

/**
What the explorer is opened on.
*/
export type Opened = {
	readonly store: Store;
	readonly session: Session;
	readonly reads: Pick<Ports, 'now' | 'fetchYaml' | 'fetchEvents'>;
	readonly send: Send | undefined;
	close(): Promise<void>;
};

export type OpenedResult =
	| {readonly isOk: true; readonly value: Opened}
	| {
			readonly isOk: false;
			readonly message: string;
			readonly code: ExitCode;
	  };
