export { acquireLock } from './lock.js';
export { openInbox, openStore } from './open.js';
export { ensurePlanKey, readPlanKey } from './plan-key.js';
export { readLock } from './read-lock.js';
export { openSpool } from './spool.js';
