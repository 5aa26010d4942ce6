import { emailKey } from './email.js';

/** Readies e-mail patterns, in which `*` stands for any text, as one test of any of somebody's addresses. */
export function protector(patterns: readonly string[]): (addresses: readonly (string | null)[]) => boolean {
  const fixed = patterns.map((pattern) => emailKey(pattern).split('*'));
  return (addresses) =>
    addresses.some((address) => address !== null && fixed.some((parts) => fits(emailKey(address), parts)));
}

// By hand, because a regular expression with several stars takes for ever on a long address that HR may hold.
function fits(address: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return address === first;
  if (!address.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = address.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return address.length - last.length >= at && address.endsWith(last);
}
