import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchAccount } from '../../../src/core/match.js';
import type { MatchKey } from '../../../src/core/policy.js';
import { account } from './made-up.js';

const SOUGHT = { employeeId: '1001', externalId: '1001', email: 'mia@acme.example' };
const BOTH: readonly MatchKey[] = ['external_id', 'email'];
const byId = account({ id: '1', externalId: '1001', email: 'old@acme.example' });
const byEmail = account({ id: '2', email: 'Mia@ACME.example ' });
const stranger = account({ id: '3', externalId: '1002', email: 'ben@acme.example' });

describe('matchAccount', () => {
  it('finds nobody among strangers', () => {
    expect(matchAccount(SOUGHT, [stranger], BOTH)).toEqual({ outcome: 'none' });
    expect(matchAccount(SOUGHT, [], BOTH)).toEqual({ outcome: 'none' });
  });

  it('finds an account by its external id', () => {
    expect(matchAccount(SOUGHT, [stranger, byId], BOTH)).toEqual({
      outcome: 'found',
      account: byId,
      by: 'external_id',
    });
  });

  it('finds an account by its e-mail whatever its case', () => {
    expect(matchAccount(SOUGHT, [byEmail, stranger], BOTH)).toEqual({
      outcome: 'found',
      account: byEmail,
      by: 'email',
    });
  });

  it('names the first key that found it', () => {
    const both = account({ id: '4', externalId: '1001', email: 'mia@acme.example' });
    expect(matchAccount(SOUGHT, [both], BOTH)).toMatchObject({ by: 'external_id' });
    expect(matchAccount(SOUGHT, [both], ['email', 'external_id'])).toMatchObject({ by: 'email' });
  });

  it('looks only at the keys that the config lists', () => {
    expect(matchAccount(SOUGHT, [byId], ['email'])).toEqual({ outcome: 'none' });
    expect(matchAccount(SOUGHT, [byId, byEmail], ['email'])).toMatchObject({ outcome: 'found', account: byEmail });
    expect(matchAccount(SOUGHT, [byId, byEmail], [])).toEqual({ outcome: 'none' });
  });

  it('does not choose between two accounts of one key', () => {
    const again = account({ id: '5', email: 'mia@acme.example' });
    const match = matchAccount(SOUGHT, [byEmail, again], BOTH);
    expect(match.outcome === 'ambiguous' && match.message).toContain('accounts 2 and 5 both fit');
  });

  it('does not choose between the account of the id and that of the e-mail, in either order', () => {
    expect(matchAccount(SOUGHT, [byId, byEmail], BOTH).outcome).toBe('ambiguous');
    expect(matchAccount(SOUGHT, [byEmail, byId], ['email', 'external_id']).outcome).toBe('ambiguous');
  });

  it('goes by the key of the account, whatever the employee id is', () => {
    const keyed = { ...SOUGHT, externalId: 'E7', email: null };
    expect(matchAccount(keyed, [byId], BOTH)).toEqual({ outcome: 'none' });
    const account7 = account({ id: '7', externalId: 'E7' });
    expect(matchAccount(keyed, [byId, account7], BOTH)).toMatchObject({ account: account7, by: 'external_id' });
  });

  it('takes an account that is listed twice for one', () => {
    expect(matchAccount(SOUGHT, [byId, byId], BOTH).outcome).toBe('found');
  });

  it('finds nobody by an address when either side has none', () => {
    expect(matchAccount({ ...SOUGHT, email: null }, [account({ id: '6' }), byEmail], BOTH)).toEqual({
      outcome: 'none',
    });
  });

  it('never finds anybody while two different accounts bear the keys', () => {
    const some = fc.record({
      id: fc.constantFrom('1', '2', '3'),
      externalId: fc.constantFrom(null, '1001', '1002'),
      email: fc.constantFrom(null, 'mia@acme.example', 'MIA@acme.example', 'ben@acme.example'),
    });
    const order = fc.shuffledSubarray<MatchKey>(['external_id', 'email']);
    fc.assert(
      fc.property(fc.uniqueArray(some, { selector: ({ id }) => id }), order, (parts, keys) => {
        const accounts = parts.map((part) => account(part));
        const bearing = accounts.filter(
          ({ externalId, email }) =>
            (keys.includes('external_id') && externalId === '1001') ||
            (keys.includes('email') && email?.toLowerCase() === 'mia@acme.example'),
        );
        const outcome = bearing.length === 0 ? 'none' : bearing.length === 1 ? 'found' : 'ambiguous';
        expect(matchAccount(SOUGHT, accounts, keys).outcome).toBe(outcome);
      }),
    );
  });
});
