export { createFleetApp, type Senders } from './door.js';
export { firstDue } from './due.js';
export { FleetPace } from './shared-pace.js';
export { offsetOf } from './spread.js';
export { type ConnectorState, LOST_AFTER, nightPassedAt, stateOf, workerState } from './state.js';
export { FleetWorker, type RunEnd, type Task } from './worker.js';
