/**
Whether two values of the model say the same, whatever resourceVersion they carry: a heartbeat is no news.
*/
export const isSameContent = (left: unknown, right: unknown): boolean => {
	if (left === right) {
		return true;
	}

	if (
		typeof left !== 'object' ||
		typeof right !== 'object' ||
		!left ||
		!right
	) {
		return false;
	}

	if (Array.isArray(left) || Array.isArray(right)) {
		return (
			Array.isArray(left) &&
			Array.isArray(right) &&
			left.length === right.length &&
			left.every((item, index) => isSameContent(item, right[index]))
		);
	}

	const leftRecord = left as Record<string, unknown>;
	const rightRecord = right as Record<string, unknown>;
	const keys = Object.keys(leftRecord);
	return (
		keys.length === Object.keys(rightRecord).length &&
		keys.every(
			(key) =>
				key === 'resourceVersion' ||
				(Object.hasOwn(rightRecord, key) &&
					isSameContent(leftRecord[key], rightRecord[key])),
		)
	);
};
