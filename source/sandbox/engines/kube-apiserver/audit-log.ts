import fs from 'node:fs';

/**
One answered request, as kube-apiserver's audit log tells it at level Metadata.
*/
export type AuditEvent = Readonly<{
	stage: 'ResponseStarted' | 'ResponseComplete' | 'Panic';
	/**
	`get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; lower-case HTTP methods otherwise.
	*/
	verb: string;
	requestURI: string;
	userAgent?: string;
	user: Readonly<{username: string; groups?: readonly string[]}>;
	impersonatedUser?: Readonly<{username: string; groups?: readonly string[]}>;
	objectRef?: Readonly<{
		resource?: string;
		subresource?: string;
		namespace?: string;
		name?: string;
		apiGroup?: string;
		apiVersion?: string;
	}>;
	responseStatus?: Readonly<{code?: number; reason?: string}>;
	requestReceivedTimestamp: string;
	stageTimestamp: string;
}>;

/**
Every request, once when its answer starts (watches) and once when it is complete.
*/
export const auditPolicy = [
	'apiVersion: audit.k8s.io/v1',
	'kind: Policy',
	'omitStages: [RequestReceived]',
	'rules:',
	'- level: Metadata',
	'',
].join('\n');

/**
The events written so far, oldest first; a line that is still being written is left for the next call.
*/
export const readAuditLog = (file: string): readonly AuditEvent[] => {
	if (!fs.existsSync(file)) {
		return [];
	}

	const text = fs.readFileSync(file, 'utf8');
	const complete = text.slice(0, text.lastIndexOf('\n') + 1);
	return complete
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as AuditEvent);
};
