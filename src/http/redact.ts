/**
 * A URL as it may be shown: without user info, without the values of its query, and without addresses in its path, which
 * may be secrets or people. The rest of the path and the query's keys stay, because they say what was asked for.
 */
export function redactUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  const path = pathname.replace(/[^/]*(@|%40)[^/]*/gi, '…');
  const pairs = search.slice(1).split('&');
  const keys = [...new Set(pairs.map((pair) => pair.split('=', 1)[0]))].filter((key) => key !== '');
  return `${origin}${path}${keys.length === 0 ? '' : '?'}${keys.map((key) => `${key}=…`).join('&')}`;
}
