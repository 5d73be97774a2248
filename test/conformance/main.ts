import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {playConformance} from './play-conformance.js';

const {
	LIQO_CASES: folder = path.join('test', 'conformance', 'sample'),
	LIQO_STAGE: stages,
} = process.env;

if (process.env.LIQO_CASES === undefined) {
	console.log(
		'LIQO_CASES is not set: only the sample in this repository is played',
	);
}

if (existsSync(folder)) {
	const {passed, failed, unplayed} = await playConformance({
		folder,
		...(stages !== undefined && {stages: stages.split(',')}),
		only: process.argv[2],
		log(line) {
			console.log(line);
		},
	});
	console.log(
		`${passed} passed, ${failed} failed${unplayed === 0 ? '' : ` (${unplayed} not played)`}`,
	);
	process.exitCode = failed === 0 ? 0 : 1;
} else {
	console.log(
		`skipped: no recorded cases at ${folder} (set LIQO_CASES)\n0 passed, 0 failed`,
	);
}
