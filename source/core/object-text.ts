type Named = {
	/**
	Absent or empty where the object is in none.
	*/
	readonly namespace?: string | undefined;
	readonly name: string;
};

/**
`shop/web`, `node-1`.
*/
export const nameText = ({namespace = '', name}: Named): string =>
	namespace === '' ? name : `${namespace}/${name}`;

/**
An object as sentences name it: `Pod shop/web`, `Node node-1`.
*/
export const objectText = ({
	kind,
	...named
}: Named & {readonly kind: string}): string => `${kind} ${nameText(named)}`;
