import {type Change} from '../core/change.js';
import {type AnyObject, type Event} from '../core/model.js';
import {type ReconcilerQueue} from './reconciler-queue.js';
import {type Target} from './reducer/state.js';

/**
An answer from outside, or one sentence that says why there is none.
*/
export type Outcome<T> =
	| {readonly isOk: true; readonly value: T}
	| {readonly isOk: false; readonly problem: string};

/**
What became of a write.
*/
export type SendOutcome =
	| {readonly isOk: true}
	| {
			readonly isOk: false;
			readonly problem: string;
			/**
			Somebody else wrote first: nothing was changed, and what was planned has to be planned anew.
			*/
			readonly isConflict?: boolean;
			/**
			Given when no answer came, so that the write may have happened or not: reads the object as it is on the server; nothing when there is none.
			*/
			readonly readAgain?: () => Promise<Outcome<AnyObject | undefined>>;
	  };

/**
All that the screens need from outside. Whoever composes the program fills it in; a test fills it with values.
*/
export type Ports = {
	/**
	Epoch milliseconds against which ages are judged.
	*/
	now(): number;
	/**
	The whole object as the server has it, as YAML without managedFields.
	*/
	fetchYaml(target: Target): Promise<Outcome<string>>;
	/**
	Events about an object, in any order.
	*/
	fetchEvents(target: Target): Promise<Outcome<readonly Event[]>>;
	/**
	Sends a change, or with `isDryRun` only asks the server what it thinks of it. Absent where nothing can be written.
	*/
	readonly send:
		((change: Change, isDryRun: boolean) => Promise<SendOutcome>) | undefined;
	/**
	The controllers of this process; absent where nobody reconciles in it.
	*/
	readonly queue?: ReconcilerQueue | undefined;
	/**
	Hands text to the terminal's clipboard (OSC 52). Whether the terminal took it cannot be known: the answer says what was done.
	*/
	copy(text: string): string;
	/**
	Saves what is on the screen; the answer says where, or why not.
	*/
	saveScreen(): string;
	/**
	Saves a text under a name that ends in `.txt`; the answer says where, or why not.
	*/
	saveText(name: string, text: string): string;
	/**
	Stops the program as ctrl-z does elsewhere; returns after it was continued.
	*/
	suspend(): Promise<void>;
	/**
	Forgets what is believed to be on the terminal, so that everything is painted anew.
	*/
	repaint(): void;
	/**
	Leaves; as an interrupt, the exit code says so.
	*/
	quit(isInterrupt: boolean): void;
	/**
	Opens another kubeconfig context in place of this one.
	*/
	switchContext(name: string): void;
};

/**
What does not change while the explorer is open.
*/
export type Session = {
	/**
	The kubeconfig context, the file, or the scenario.
	*/
	readonly title: string;
	/**
	Where the objects come from.
	*/
	readonly source: 'live' | 'saved' | 'sandbox' | 'replay';
	/**
	No writer exists in a read-only session.
	*/
	readonly isReadOnly: boolean;
	/**
	Whether this process acts as Liqo's controllers.
	*/
	readonly isReconciling: boolean;
	readonly contexts: readonly string[];
};
