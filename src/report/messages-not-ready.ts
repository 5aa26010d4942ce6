import type { NotReadyError, NotReadyReason } from '../errors.js';
import { said } from './messages-words.js';

/** An HR system that says itself that its data must not be used now. */
export function explainNotReady({ system, reason, detail }: NotReadyError): {
  what: string;
  meaning: string;
  next: string;
} {
  return {
    what: `${said(system)} says that its data is not to be used now: ${said(detail)}`,
    meaning: 'Nothing was read and nobody was changed.',
    next: `${NOT_READY[reason]} Then run "hrsync check".`,
  };
}

/** Who mends what keeps an HR system's data from being used. */
const NOT_READY: Readonly<Record<NotReadyReason, string>> = {
  setting_up: 'Wait until the first synchronisation has ended, or let the customer finish the connection.',
  held_back: "Ask the HR system's provider to release the data: they hold it back for a check.",
  switched_off: "Switch the integration on again in the provider's dashboard.",
  disconnected:
    "The HR system refuses the credentials that the customer gave: let them reconnect it in the provider's dashboard.",
  outdated: 'Wait for the next good synchronisation; if it does not come, look at the integration in the dashboard.',
};
