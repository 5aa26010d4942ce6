/** Who sent a delivery; `any` where it was turned away before that mattered. */
export type Sender = 'personio' | 'kombo' | 'any';

/** What became of a delivery. */
export type Outcome = 'kept' | 'repeated' | 'ignored' | 'malformed' | 'refused' | 'too_large' | 'busy' | 'unkept';
