export type User = {
	readonly name: string;
	readonly uid?: string;
	readonly groups: readonly string[];
	readonly extra?: Readonly<Record<string, readonly string[]>>;
};

/**
Who asks, and the warnings collected for the answer.
*/
export type Caller = {
	readonly user: User;
	readonly userAgent: string;
	readonly warnings: string[];
};
