import type { RunDocument } from '../support/document.js';
import type { Target } from '../support/pairs.js';

type Change = RunDocument['changes'][number];

/**
 * The fewest requests with which everybody can be read, a token included. Personio v1 gives 100 people a page
 * (https://developer.personio.de/reference/get_company-employees), v2 50 persons and the employments of one person
 * (https://developer.personio.de/reference/get_v2-persons), Kombo 250 (https://docs.kombo.dev).
 */
export function leastFrom(source: string, people: number): number {
  switch (source) {
    case 'Personio v1':
      return 1 + Math.ceil(people / 100);
    case 'Personio v2':
      return 1 + Math.ceil(people / 50) + people;
    default:
      return Math.ceil(people / 250);
  }
}

/**
 * The fewest requests with which changes can be made: what one call takes goes into one call, and whoever is new is looked
 * for once, alone or in a list. Nothing is read first or read back.
 */
export function leastTo(target: Target, changes: readonly Change[], accounts: number): number {
  if (changes.length === 0) return 0;
  const made = changes.filter(({ kind }) => kind === 'create').length;
  const writes = changes.reduce((sum, change) => sum + WRITES[target](change), 0);
  return writes + Math.min(made, Math.ceil(accounts / PAGE[target])) + ONCE[target];
}

/** Users on one page of a list: https://docs.learnupon.com/api/, https://360learning.readme.io/; most SCIM servers give 100. */
const PAGE: Readonly<Record<Target, number>> = { learnamp: 100, '360learning': 500, learnupon: 500, scim: 100 };

/** A token where there are tokens, and the list of custom fields where values are written by a field's id. */
const ONCE: Readonly<Record<Target, number>> = { learnamp: 1, '360learning': 2, learnupon: 1, scim: 0 };

const WRITES: Readonly<Record<Target, (change: Change) => number>> = {
  // A manager who is made in the same run goes first, so that one call takes everything.
  learnamp: () => 1,
  learnupon: () => 1,
  scim: () => 1,
  // Employee id, custom values and manager are resources of their own; the custom values of one person go in one call.
  '360learning': ({ kind, fields }) => {
    const written = Object.entries(fields).filter(([, { after }]) => after !== null);
    const has = (test: (name: string) => boolean) => Number(written.some(([name]) => test(name)));
    const custom = has((name) => name.startsWith('custom_fields.'));
    const manager = has((name) => name === 'manager');
    return kind === 'create' ? 2 + custom + manager : 1;
  },
};
