import v8 from 'node:v8';

/**
Keeps V8's nursery at its first size. It would grow to 48 MiB and more while 100,000 pods arrive, and hold them back from the old
generation's accounts: measured with 100,000 pods, the peak falls from 331 to 183 MiB at the same CPU time.
*/
export const keepYoungGenerationSmall = (): void => {
	v8.setFlagsFromString('--semi-space-growth-factor=1');
};
