import { emailKey } from './email.js';

/** Readies e-mail patterns, in which `*` stands for any text, as one test of any of somebody's addresses. */
export function protector(patterns: readonly string[]): (addresses: readonly (string | null)[]) => boolean {
  const tests = patterns.map(
    (pattern) => new RegExp(`^${emailKey(pattern).split('*').map(literally).join('.*')}$`, 'su'),
  );
  return (addresses) =>
    addresses.some((address) => address !== null && tests.some((test) => test.test(emailKey(address))));
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
