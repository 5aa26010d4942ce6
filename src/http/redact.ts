import type { Scrub } from '../scrub.js';

/** A longer address is not shown whole, in characters: it may come from a far end. */
const LONGEST_SHOWN = 300;

/**
 * A URL as it may be shown: without user info, without the values of its query, and without addresses in its path, which
 * may be secrets or people; `scrub` is applied before it is cut. The rest of the path and the query's keys stay, because they say what was asked for.
 */
export function redactUrl(url: string, scrub: Scrub = (text) => text): string {
  const { origin, pathname, search } = new URL(url);
  const path = pathname
    .split('/')
    .map((part) => (/@|%40/i.test(part) ? '…' : part))
    .join('/');
  const pairs = search.slice(1).split('&');
  const keys = [...new Set(pairs.map((pair) => pair.split('=', 1)[0]))].filter((key) => key !== '');
  const shown = scrub(`${origin}${path}${keys.length === 0 ? '' : '?'}${keys.map((key) => `${key}=…`).join('&')}`);
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown;
}
