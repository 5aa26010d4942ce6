import type { Withheld } from './supply.js';

/** Why a field does not come: within a sentence that begins with the HR system, and with what to do about it. */
export const WORDS: Readonly<Record<Withheld, { readonly short: string; readonly remedy: string }>> = {
  not_in_kombo: {
    short: 'Kombo has no such field for any HR system',
    remedy: 'Kombo has no such field for any HR system: map a custom field that you define in its dashboard',
  },
  unknown_key: {
    short: 'there is no custom field and no integration field of that key',
    remedy:
      'there is neither a custom field nor an integration field of employees with this key: compare its spelling with the dashboard',
  },
  unsupported: {
    short: 'the connector does not supply it',
    remedy: 'this connector does not supply it: map a custom field to what the HR system has instead, or leave it out',
  },
  disabled: {
    short: "it is switched off in Kombo's scope configuration",
    remedy:
      "switched off: set it to enabled in Kombo's scope configuration, and wait for the full synchronisation after",
  },
  opted_out: {
    short: 'the customer did not allow it when connecting',
    remedy: 'the customer did not allow it when connecting the HR system: let them reconnect it and allow it',
  },
  unavailable: {
    short: 'Kombo does not have it',
    remedy: 'Kombo says that it is not available here, without a reason: look at the integration in its dashboard',
  },
  unmapped: {
    short: 'the custom field is mapped to nothing',
    remedy: 'the custom field is mapped to no field of this HR system: map it in the dashboard',
  },
  not_passed_through: {
    short: 'the integration field is not passed through',
    remedy: 'the integration field is not passed through: switch that on in the dashboard',
  },
};
