import process from 'node:process';
import {type RunCommand} from './command.js';
import {exitCodes} from './exit-code.js';
import {printDocument} from './output.js';

/**
Prints the version, or with `-o json|yaml` also what it runs on.
*/
export const run: RunCommand = async ({flags, stdout, stderr, version}) => {
	const {output = 'text'} = flags;
	if (output === 'text') {
		stdout.write(`liqoscope ${version}\n`);
		return exitCodes.fine;
	}

	if (output === 'json' || output === 'yaml') {
		printDocument(stdout, output, {
			apiVersion: 'liqoscope/v1',
			kind: 'Version',
			version,
			node: process.version,
			platform: `${process.platform}/${process.arch}`,
		});
		return exitCodes.fine;
	}

	stderr.write(`version prints text, json or yaml, not "${output}".\n`);
	return exitCodes.usage;
};
