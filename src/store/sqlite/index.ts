export { acquireLock } from './lock.js';
export { openInbox, openStore } from './open.js';
export { openSpool } from './spool.js';
