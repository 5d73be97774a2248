/**
The namespace that an object is in, or is.
*/
export const namespaceOf = ({
	kind,
	namespace,
	name,
}: {
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
}): string => (kind === 'Namespace' ? name : namespace);

/**
The same of a row of a pane.
*/
export const namespaceOfRow = ({
	kind,
	metadata: {namespace, name},
}: {
	readonly kind: string;
	readonly metadata: {readonly namespace: string; readonly name: string};
}): string => namespaceOf({kind, namespace, name});
