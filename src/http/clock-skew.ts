/** The clock of a far end, as the `Date` header of its answers tells it (RFC 9110, section 6.6.1). */
export interface FarClock {
  /** Notes what an answer says; `received` is our own time at its receipt. A header that is no HTTP date changes nothing. */
  note(dateHeader: string | undefined, received: Date): void;
  /** The far end's clock minus ours by the latest answer, in ms; null before any answer with a valid `Date`. */
  readonly skew: number | null;
}

/** Starts with nothing known. The header counts whole seconds, so a skew below one second says nothing. */
export function createFarClock(): FarClock {
  let skew: number | null = null;
  return {
    note(dateHeader, received) {
      const at = parseHttpDate(dateHeader);
      if (at !== null) skew = at - received.getTime();
    },
    get skew() {
      return skew;
    },
  };
}

const LONGEST_DATE = 40;

/** An HTTP date in ms since 1970; null for anything else. All three of its forms begin with the day of the week. */
export function parseHttpDate(value: string | undefined): number | null {
  const text = value?.trim() ?? '';
  if (text.length > LONGEST_DATE || !/^[A-Za-z]{3}/.test(text)) return null;
  // The oldest form (asctime) names no zone; every HTTP date is in UTC.
  const at = Date.parse(/(GMT|UTC|[+-]\d{4})$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : at;
}
