import fc from 'fast-check';

// The same cases in every ordinary run: a new counter-example belongs to whoever looks for one, not to whoever builds.
// `HRSYNC_SEED=random` looks for new ones, `HRSYNC_SEED=N` repeats what such a run printed.
const wanted = process.env['HRSYNC_SEED'];
if (wanted !== 'random') fc.configureGlobal({ seed: wanted === undefined ? 20_261_124 : Number(wanted) });
