export { acquireLock } from './lock.js';
export { openInbox, openStore } from './open.js';
export { ensurePlanKey, readPlanKey } from './plan-key.js';
export { openSpool } from './spool.js';
