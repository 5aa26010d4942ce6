import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../../src/core/account.js';
import { type Attempt, type Past, reversalOf } from '../../../src/core/revert.js';
import { sameValue } from '../../../src/core/value.js';
import { fields, snapshot, someValue } from './made-up.js';

const attempt = (partial: Partial<Attempt> = {}): Attempt => ({
  id: 1,
  run: 17,
  kind: 'update',
  account: '77',
  fields: { job_title: { before: 'Engineer', after: 'Lead' } },
  because: 'job_title changed',
  outcome: 'done',
  ...partial,
});

const past = (attempts: readonly Attempt[], partial: Partial<Past> = {}): Past => ({
  run: 17,
  attempts,
  snapshot: snapshot({ fields: fields({ job_title: 'Lead' }) }),
  drift: null,
  isManaged: () => true,
  ...partial,
});

const holding = (value: string) => ({ snapshot: snapshot({ fields: fields({ job_title: value }) }) });
const drift = (kind: 'gone' | 'deactivated' | 'active') => {
  const employee = { id: '1001', email: null, name: null };
  return { drift: { kind, employee, account: '77', state: null, fields: {} } };
};
const said = (attempts: readonly Attempt[], partial: Partial<Past> = {}) => {
  const { change, left } = reversalOf(past(attempts, partial));
  return [change, ...left.map(({ reason, message }) => `${reason}: ${message}`)];
};

describe('values', () => {
  it('that stand as the run left them become what they were', () => {
    expect(reversalOf(past([attempt()]))).toEqual({
      change: 'update',
      fields: { job_title: { before: 'Lead', after: 'Engineer' } },
      because: 'reverts run 17',
      left: [],
    });
  });

  it('that a run moved twice become what they were at first', () => {
    const moves = { email: { before: 'a@x.example', after: 'moving@x.example' } };
    const arrives = { email: { before: 'a@x.example', after: 'b@x.example' } };
    const held = { snapshot: snapshot({ fields: fields({ email: 'b@x.example' }) }) };
    const both = [attempt({ fields: moves }), attempt({ id: 2, fields: arrives })];
    expect(reversalOf(past(both, held)).fields).toEqual({ email: { before: 'b@x.example', after: 'a@x.example' } });
    const emptied = attempt({ fields: { manager: { before: null, after: '9' } } });
    const again = attempt({ id: 2, fields: { manager: { before: '9', after: '8' } } });
    const led = { snapshot: snapshot({ fields: fields({ manager: '8' }) }) };
    expect(reversalOf(past([emptied, again], led)).fields).toEqual({ manager: { before: '8', after: null } });
  });

  it('that are as they were already are nothing to do, whoever did that', () => {
    const later = attempt({ id: 2, run: 18, fields: { job_title: { before: 'Lead', after: 'Engineer' } } });
    expect(said([attempt(), later], holding('Engineer'))).toEqual([null]);
    expect(said([attempt({ outcome: 'failed' })], holding('Engineer'))).toEqual([null]);
  });

  it('that an attempt wrote before it failed are taken back, too', () => {
    expect(said([attempt({ outcome: 'failed' })])).toEqual(['update']);
  });

  it('that were changed since stay, and it is said by whom', () => {
    const later = attempt({ id: 2, run: 18, fields: { job_title: { before: 'Lead', after: 'Chief' } } });
    expect(said([attempt(), later], holding('Chief'))).toEqual([
      null,
      'changed_since: job_title: run 18 has changed it since',
    ]);
    const there = attempt({ id: 3, run: 19, fields: { job_title: { before: 'Chief', after: 'Lead' } } });
    expect(said([attempt(), later, there])).toEqual([null, 'changed_since: job_title: run 19 has changed it since']);
    const byHand = { kind: 'changed', fields: { job_title: { before: 'Lead', after: 'X' } } } as const;
    const { drift: base } = drift('active');
    expect(said([attempt()], { drift: { ...base, ...byHand } })).toEqual([
      null,
      'changed_since: job_title: somebody has changed it in the LMS since',
    ]);
    expect(said([attempt()], { isManaged: () => false })).toEqual([
      null,
      'changed_since: job_title: the mapping does not manage it any more',
    ]);
    expect(
      said([attempt()], { snapshot: snapshot({ state: 'deactivated', fields: fields({ job_title: 'Lead' }) }) }),
    ).toEqual([null, 'changed_since: the account has ended since']);
    expect(said([attempt()], drift('gone'))).toEqual([null, 'changed_since: the account has ended since']);
  });

  it('of which nobody knows what they were stay', () => {
    const unknown = attempt({ fields: { job_title: { before: UNKNOWN, after: 'Lead' } } });
    expect(said([unknown])).toEqual([null, 'not_revertible: job_title: nobody knows what it was before']);
    const adopted = attempt({ kind: 'adopt', fields: { job_title: { before: null, after: 'Lead' } } });
    expect(said([adopted])).toEqual([null, 'not_revertible: job_title: it was empty before, or could not be read']);
  });

  it('never include the employee id that finds the account', () => {
    const linked = attempt({ kind: 'adopt', fields: { external_id: { before: 'x', after: '1001' } } });
    expect(said([linked], { snapshot: snapshot({ fields: fields({ external_id: '1001' }) }) })).toEqual([null]);
  });

  it('that an earlier reversal wrote without learning whether it came are written once more', () => {
    const begun = attempt({
      id: 2,
      run: 18,
      outcome: 'failed',
      because: 'reverts run 17',
      fields: { job_title: { before: 'Lead', after: 'Engineer' } },
    });
    expect(said([attempt(), begun], holding(UNKNOWN))).toEqual(['update']);
    expect(said([attempt(), { ...begun, because: 'job_title changed' }], holding(UNKNOWN))).toEqual([
      null,
      'changed_since: job_title: it is not what the run wrote any more',
    ]);
  });

  it('come back from whatever a run made of them, unless they mean the same', () => {
    fc.assert(
      fc.property(someValue, someValue, (before, after) => {
        const wrote = attempt({ fields: { job_title: { before, after } } });
        const now = snapshot({ fields: fields({ job_title: after }) });
        const { change, fields: restored } = reversalOf(past([wrote], { snapshot: now }));
        if (change === null) return;
        expect(sameValue(restored['job_title']?.after, before)).toBe(true);
        const again = snapshot({ fields: fields({ job_title: before }) });
        expect(reversalOf(past([wrote], { snapshot: again })).change).toBeNull();
      }),
    );
  });
});

describe('an account', () => {
  const made = attempt({ kind: 'create' });
  const ended = attempt({ kind: 'deactivate', fields: {} });
  const closed = { snapshot: snapshot({ state: 'deactivated' }) };
  const gone = { snapshot: snapshot({ state: 'deleted' }) };

  it('that the run made or opened ends, and one that it ended is opened', () => {
    expect(said([made])).toEqual(['deactivate']);
    expect(said([attempt({ kind: 'reactivate' })])).toEqual(['deactivate']);
    expect(said([ended], closed)).toEqual(['reactivate']);
  });

  it('that is so already is nothing to do', () => {
    expect(said([made], closed)).toEqual([null]);
    expect(said([ended])).toEqual([null]);
    expect(
      said([attempt({ kind: 'create', account: null, outcome: 'failed', fields: {} })], { snapshot: null }),
    ).toEqual([null]);
  });

  it('that was deleted has no way back', () => {
    expect(said([attempt({ kind: 'delete' })], gone)[1]).toMatch(/^not_revertible: account 77 was deleted/);
    expect(said([ended], gone)[1]).toMatch(/^not_revertible: /);
    expect(said([ended], { ...closed, ...drift('gone') })[1]).toMatch(/^not_revertible: /);
  });

  it('that a later run or a person opened or ended stays so', () => {
    const later = [attempt({ id: 2, run: 18, kind: 'deactivate' }), attempt({ id: 3, run: 19, kind: 'reactivate' })];
    expect(said([made, ...later])).toEqual([null, 'changed_since: run 18 has opened or ended an account since']);
    expect(said([made], drift('deactivated'))[1]).toMatch(/^changed_since: somebody ended account 77/);
    expect(said([ended], { ...closed, ...drift('active') })[1]).toMatch(/^changed_since: somebody opened account 77/);
    expect(said([made], { snapshot: null })[1]).toMatch(/^changed_since: nobody is linked/);
  });

  it('of which nobody knows what became of the attempt waits for the next run', () => {
    for (const outcome of [null, 'uncertain'] as const)
      expect(said([attempt({ outcome })])[1]).toMatch(/^not_revertible: nobody knows yet/);
  });

  it('that an earlier reversal did not come to open is opened with what it was, although the LMS dropped it', () => {
    const begun = attempt({
      id: 2,
      run: 18,
      kind: 'reactivate',
      outcome: 'failed',
      because: 'reverts run 17, which ended the account',
      fields: { team: { before: null, after: 'Sales' } },
    });
    const dropped = { snapshot: snapshot({ state: 'deactivated', fields: fields({ team: null }) }) };
    expect(reversalOf(past([ended, begun], dropped))).toMatchObject({
      change: 'reactivate',
      fields: { team: { before: null, after: 'Sales' } },
    });
  });

  it('that an earlier reversal opened and did not write is written', () => {
    const begun = attempt({
      id: 2,
      run: 18,
      kind: 'reactivate',
      outcome: 'failed',
      because: 'reverts run 17, which ended the account',
      fields: { job_title: { before: null, after: 'Lead' }, team: { before: null, after: 'Sales' } },
    });
    const half = { snapshot: snapshot({ fields: fields({ job_title: 'Lead', team: null }) }) };
    expect(reversalOf(past([ended, begun], half))).toMatchObject({
      change: 'update',
      fields: { team: { before: null, after: 'Sales' } },
    });
    const later = attempt({ id: 3, run: 19, fields: { team: { before: null, after: 'Ops' } } });
    expect(said([ended, begun, later], half)).toEqual([null]);
  });
});
