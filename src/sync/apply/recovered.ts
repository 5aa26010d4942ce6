import type { Invitation, OpenIntent, Settlement } from '../../store/store.js';

/** The line of the ledger for an invitation that the LMS was asked about. */
export function ledgerEntry(intent: OpenIntent, state: Invitation['state'], at: string): Invitation {
  const because = 'asked the LMS after an interrupted attempt';
  return {
    employee: intent.employee,
    hire: intent.hire ?? 1,
    state,
    due: null,
    startDate: intent.startDate,
    because,
    at,
  };
}

/** The settlement of an attempt that the LMS has carried out. */
export function done(intent: OpenIntent, at: string): Settlement {
  return {
    id: intent.id,
    outcome: 'done',
    error: null,
    at,
    snapshot: null,
    unlink: null,
    invitation: null,
    failure: null,
  };
}

/** The settlement of an attempt that came to nothing, and why. */
export function notDone(intent: OpenIntent, at: string, error: string): Settlement {
  return { ...done(intent, at), outcome: 'failed', error };
}
