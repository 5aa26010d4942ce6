import { describe, expect, it } from 'vitest';
import { movesOf, namesOf, objectionTo, type Touch, type TouchPolicy } from '../../../src/core/touch.js';
import { account, fields, snapshot } from './made-up.js';

const POLICY: TouchPolicy = { isProtected: () => false, isKept: () => false, matchNames: 'agree' };
const having = (address: string) => (addresses: readonly (string | null)[]) => addresses.includes(address);

/** The adoption of a learner's account whose names agree: nothing speaks against it. */
const ADOPTION: Touch = {
  kind: 'adopt',
  employeeId: '1001',
  accountId: '77',
  because: 'an account with this e-mail exists',
  needsName: true,
  moves: [],
  linkedByHand: false,
  employeeNames: ['Mia', 'Adler'],
  accountNames: ['Mia', 'Adler'],
  addresses: ['mia@acme.example', null],
  privileged: false,
  role: 'learner',
};
const KINDS = ['adopt', 'take_over', 'reopen', 'end', 'change'] as const;
const reasonOf = (touch: Partial<Touch>, policy: Partial<TouchPolicy> = {}) =>
  objectionTo({ ...ADOPTION, ...touch }, { ...POLICY, ...policy })?.reason ?? null;

describe('an account', () => {
  it.each(KINDS)('of a learner whose names agree may be touched: %s', (kind) => {
    expect(reasonOf({ kind })).toBeNull();
  });

  it.each(KINDS)('with an address under protect is not touched, whoever linked it: %s', (kind) => {
    const addresses = ['new@acme.example', null, 'chair@board.example'];
    const policy = { isProtected: having('chair@board.example') };
    expect(reasonOf({ kind, addresses }, policy)).toBe('protected');
    expect(reasonOf({ kind, addresses, linkedByHand: true }, policy)).toBe('protected');
    expect(reasonOf({ kind, addresses: ['new@acme.example'] }, policy)).toBeNull();
  });

  it.each(KINDS)('with an address under deactivation.protect is only kept from ending: %s', (kind) => {
    const policy = { isKept: having('mia@acme.example') };
    expect(reasonOf({ kind }, policy)).toBe(kind === 'end' ? 'protected' : null);
    expect(reasonOf({ kind, addresses: ['other@acme.example'] }, policy)).toBeNull();
  });

  it('that is closed is never deleted with more rights than a learner, whoever linked it, nor under a pattern', () => {
    expect(reasonOf({ kind: 'expire' })).toBeNull();
    expect(reasonOf({ kind: 'expire', privileged: true })).toBe('privileged_account');
    expect(reasonOf({ kind: 'expire', privileged: true, linkedByHand: true })).toBe('privileged_account');
    expect(reasonOf({ kind: 'expire' }, { isProtected: () => true })).toBe('protected');
    expect(reasonOf({ kind: 'expire' }, { isKept: () => true })).toBe('protected');
  });

  it('that is protected says which key of the config keeps it, and what would have been done', () => {
    const message = (policy: Partial<TouchPolicy>) =>
      objectionTo({ ...ADOPTION, kind: 'end', because: 'left on 2026-11-20' }, { ...POLICY, ...policy })?.message;
    expect(message({ isProtected: () => true })).toBe(
      'left on 2026-11-20, but a pattern under protect forbids every change to this account',
    );
    expect(message({ isKept: () => true })).toBe(
      'left on 2026-11-20, but a pattern under deactivation.protect keeps the account',
    );
    expect(objectionTo({ ...ADOPTION, because: null }, { ...POLICY, isProtected: () => true })?.message).toBe(
      'a pattern under protect forbids every change to this account',
    );
  });
});

describe('an account with more rights than a learner', () => {
  const ADMIN = { privileged: true, role: 'admin' };

  it.each([
    ['adopt', [], false, 'privileged_account'],
    ['adopt', ['email'], false, 'privileged_account'],
    ['adopt', [], true, null],
    ['take_over', [], false, 'privileged_account'],
    ['take_over', ['email'], true, null],
    ['reopen', [], false, null],
    ['reopen', ['email'], false, 'privileged_account'],
    ['reopen', ['email'], true, null],
    ['change', [], false, null],
    ['change', ['email'], false, 'privileged_account'],
    ['change', ['user_name'], false, 'privileged_account'],
    ['change', ['external_id'], false, 'privileged_account'],
    ['change', ['email'], true, null],
    ['end', [], false, null],
    ['end', ['email'], false, null],
    ['end', [], true, null],
  ] as const)('%s that moves %j, linked by hand: %s, meets %s', (kind, moves, linkedByHand, reason) => {
    expect(reasonOf({ ...ADMIN, kind, moves, linkedByHand })).toBe(reason);
  });

  it.each([false, null])('is told by the LMS: with privileged %s nothing is held back', (privileged) => {
    for (const kind of KINDS) expect(reasonOf({ kind, privileged, moves: ['email'] })).toBeNull();
  });

  it('is named with its role, what stays, and the command that links it', () => {
    const message = (touch: Partial<Touch>) => objectionTo({ ...ADOPTION, ...ADMIN, ...touch }, POLICY)?.message;
    expect(message({})).toMatch(/^account 77 has more rights than a learner \(admin\), .*"hrsync link 1001 77"/);
    expect(message({ role: null })).toMatch(/^account 77 has more rights than a learner, so/);
    expect(message({ kind: 'change', moves: ['email', 'external_id'] })).toMatch(
      /so its email and external_id stays until .*"hrsync link 1001 77"$/,
    );
  });

  it('is held back for its rights also where the names differ, so that no other name gets at it', () => {
    expect(reasonOf({ ...ADMIN, accountNames: ['Olga', 'Owner'] })).toBe('privileged_account');
    expect(reasonOf({ ...ADMIN }, { matchNames: 'any' })).toBe('privileged_account');
  });
});

describe('names', () => {
  const OTHER = { accountNames: ['Otto', 'Other'] };

  it('that differ keep whoever was found by e-mail alone, and nobody else', () => {
    expect(reasonOf(OTHER)).toBe('name_differs');
    expect(reasonOf({ ...OTHER, kind: 'take_over' })).toBe('name_differs');
    expect(reasonOf({ ...OTHER, needsName: false })).toBeNull();
    expect(reasonOf({ ...OTHER, kind: 'end' })).toBeNull();
    expect(reasonOf(OTHER, { matchNames: 'any' })).toBeNull();
  });

  it('that HR emptied agree with no named account', () => {
    expect(reasonOf({ employeeNames: [] })).toBe('name_differs');
    expect(reasonOf({ employeeNames: [], accountNames: [' ', ''] })).toBeNull();
  });

  it('stand side by side in what is told, each once', () => {
    const message = (touch: Partial<Touch>) => objectionTo({ ...ADOPTION, ...OTHER, ...touch }, POLICY)?.message;
    expect(message({})).toBe(
      'HR has "Mia Adler", account 77 "Otto Other": if it is the same person, "hrsync link 1001 77"; if not, correct the e-mail address in HR or in the LMS',
    );
    expect(message({ employeeNames: ['Mia Adler', 'Mia', 'Adler'] })).toContain('HR has "Mia Adler", account');
    expect(message({ employeeNames: ['Mia Adler', 'Mia', 'Adler', 'Mimi'] })).toContain(
      'HR has "Mia Adler, Mimi", account',
    );
    expect(message({ employeeNames: [] })).toContain('HR has no name, account');
  });
});

describe('movesOf', () => {
  it.each([
    [{ email: 'a@x.example' }, { email: 'b@x.example' }, ['email']],
    [{ email: 'a@x.example' }, { email: ' A@X.example' }, []],
    [{ username: 'a', user_name: 'b', external_id: '1' }, { username: 'x', user_name: 'y', external_id: '2' }, null],
    [{ email: null }, { email: 'b@x.example' }, []],
    [{ email: '(unknown)' }, { email: 'b@x.example' }, []],
    [{}, { email: 'b@x.example' }, []],
    [{ email: 'a@x.example' }, { email: null }, []],
    [{ email: 'a@x.example' }, {}, []],
    [{ job_title: 'a' }, { job_title: 'b' }, []],
  ] as const)('from %j to %j is %j', (held, wanted, moved) => {
    expect(movesOf(fields(held), fields(wanted))).toEqual(moved ?? ['username', 'user_name', 'external_id']);
  });
});

describe('namesOf', () => {
  const remembered = snapshot({ name: 'Mia Adler', fields: fields({ first_name: 'Mia', last_name: '(unknown)' }) });

  it('takes what the LMS shows, and of the snapshot what it does not', () => {
    expect(namesOf(account({ names: ['Otto', 'Other'], name: 'x' }), remembered)).toEqual(['Otto', 'Other']);
    expect(namesOf(account({ name: 'Otto Other' }), remembered)).toEqual(['Otto Other']);
    expect(namesOf(account({ names: ['', ' '] }), remembered)).toEqual(['Mia']);
    expect(namesOf(null, remembered)).toEqual(['Mia']);
    expect(namesOf(null, snapshot({ name: 'Mia Adler' }))).toEqual(['Mia Adler']);
    expect(namesOf(null, snapshot({ name: null }))).toEqual([]);
    expect(namesOf(account(), null)).toEqual([]);
  });
});
