/** The HR system and the learning platform of the demo, of examples in the help, and of `hrsync sandbox` unless told otherwise. */
export const EXAMPLE = { source: 'personio', target: 'learnamp' } as const;
