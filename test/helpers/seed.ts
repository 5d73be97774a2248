import process from 'node:process';
import fc from 'fast-check';

// Every run plays the same random cases; another seed plays others, and a failing one is replayed by its number.
fc.configureGlobal({seed: Number(process.env.LIQOSCOPE_SEED ?? 20_260_101)});
