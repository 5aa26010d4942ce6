export { Alarm } from './alarm.js';
export { createApp } from './app.js';
export { DoorLog } from './door-log.js';
export { listen, type Place, type RunningServer, type Watch } from './listen.js';
export { Metrics } from './metrics.js';
export { createTimetable } from './timetable.js';
export { type Job, type JobOutcome, jobOf, REMEMBERED, Worker } from './worker.js';
