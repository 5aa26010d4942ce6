export { Alarm } from './alarm.js';
export { createApp } from './app.js';
export { DoorLog } from './door-log.js';
export { type RunningServer, listen, type Place, type Watch } from './listen.js';
export { Metrics } from './metrics.js';
export { createTimetable } from './timetable.js';
export { type JobOutcome, type Job, Worker } from './worker.js';
