/**
What the shell is told.

- `fine`: done. `findings`: something at or above `--fail-on`, or an admission that was denied.
- `usage`: bad usage or unreadable input. `connection`: not connected, or not permitted. `timeout`: it took too long.
*/
export const exitCodes = {
	fine: 0,
	findings: 1,
	usage: 2,
	connection: 3,
	timeout: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
