export { Alarm } from './alarm.js';
export { createApp } from './app.js';
export { DoorLog } from './door-log.js';
export { type Listening, listen, type Place, type Watch } from './listen.js';
export { Metrics } from './metrics.js';
export { createTimetable } from './timetable.js';
export { type Ending, type Job, jobOf, Worker } from './worker.js';
