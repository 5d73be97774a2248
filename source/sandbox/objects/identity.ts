import {randomBytes, randomUUID} from 'node:crypto';
import {type ApiObject} from '../value.js';

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
const longestBase = 63 - suffixLength;

/**
A name from metadata.generateName: cut where it would get too long, and five letters that do not spell words.
*/
export const generateName = (base: string): string => {
	const suffix = [...randomBytes(suffixLength)].map(
		(byte) => alphabet[byte % alphabet.length],
	);
	return `${base.slice(0, longestBase)}${suffix.join('')}`;
};

/**
RFC 3339 in whole seconds, as all of Kubernetes' own times are.
*/
export const timestamp = (milliseconds: number): string =>
	`${new Date(milliseconds).toISOString().slice(0, -'.000Z'.length)}Z`;

/**
Gives a new object what only the server may give: uid, creation time, a generated name.
*/
export const fillIdentity = (object: ApiObject, now: number): void => {
	const {metadata} = object;
	metadata.uid = randomUUID();
	metadata.creationTimestamp = timestamp(now);
	delete metadata.deletionTimestamp;
	delete metadata.deletionGracePeriodSeconds;
	delete metadata.selfLink;
	if (!metadata.name && metadata.generateName) {
		metadata.name = generateName(metadata.generateName);
	}
};
