/**
 * A URL as it may be shown: without user info, and with the values of its query hidden, which may be secrets or
 * people's addresses. The path stays, because it says what was asked for.
 */
export function redactUrl(url: string): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  const keys = [...new Set(shown.searchParams.keys())];
  shown.search = '';
  shown.hash = '';
  return keys.length === 0 ? shown.href : `${shown.href}?${keys.map((key) => `${key}=…`).join('&')}`;
}
