// The one door to what a state is kept in: only this file knows that it is SQLite.
export { acquireLock } from './sqlite/lock.js';
export { openInbox, openStore } from './sqlite/open.js';
export { ensurePlanKey, readPlanKey } from './sqlite/plan-key.js';
export { readLock } from './sqlite/read-lock.js';
export { openSpool } from './sqlite/spool.js';
