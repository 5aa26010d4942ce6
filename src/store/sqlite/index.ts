export { acquireLock } from './lock.js';
export { openStore } from './open.js';
export { openSpool } from './spool.js';
