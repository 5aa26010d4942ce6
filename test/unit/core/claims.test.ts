import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, type Holder, settleClaims } from '../../../src/core/claims.js';

function claim(employeeId: string, emailKey: string, linked = true): Claim {
  return { employeeId, emailKey, linked };
}

function holder(employeeId: string, emailKey: string, intention: Holder['intention']): Holder {
  return { employeeId, emailKey, intention, accountId: `account of ${employeeId}` };
}

function settled(claims: readonly Claim[], holders: readonly Holder[]): unknown {
  return Object.fromEntries([...settleClaims(claims, holders)].map(([id, verdict]) => [id, verdict.verdict]));
}

describe('settleClaims', () => {
  it('grants an address that nobody holds to the one who wants it', () => {
    expect(settled([claim('a', 'x'), claim('b', 'y', false)], [])).toEqual({});
  });

  it('leaves an address with the one who holds it, whether or not they are claiming', () => {
    expect(settled([claim('a', 'x'), claim('b', 'x', false)], [holder('a', 'x', 'stays')])).toEqual({ b: 'duplicate' });
    expect(settled([claim('b', 'x', false)], [holder('a', 'x', 'stays')])).toEqual({ b: 'duplicate' });
    expect(settled([claim('b', 'x')], [holder('a', 'x', 'stays')])).toEqual({ b: 'duplicate' });
  });

  it('gives an address that two newcomers want to neither, and names the other to each', () => {
    const verdicts = settleClaims([claim('a', 'x', false), claim('b', 'x', false)], []);
    expect(verdicts.get('a')).toEqual({ verdict: 'duplicate', others: ['b'] });
    expect(verdicts.get('b')).toEqual({ verdict: 'duplicate', others: ['a'] });
  });

  it('refuses three newcomers alike, and names the holder to each', () => {
    const claims = ['b', 'c', 'd'].map((id) => claim(id, 'x', false));
    const verdicts = settleClaims(claims, [holder('a', 'x', 'stays')]);
    expect(verdicts.get('c')).toEqual({ verdict: 'duplicate', others: ['a', 'b', 'd'] });
    expect([...verdicts.keys()]).toEqual(['b', 'c', 'd']);
  });

  it('grants both sides of a swap, and a circle of three', () => {
    expect(settled([claim('a', 'y'), claim('b', 'x')], [holder('a', 'x', 'moves'), holder('b', 'y', 'moves')])).toEqual(
      {},
    );
    expect(
      settled(
        [claim('a', 'y'), claim('b', 'z'), claim('c', 'x')],
        [holder('a', 'x', 'moves'), holder('b', 'y', 'moves'), holder('c', 'z', 'moves')],
      ),
    ).toEqual({});
  });

  it('hands the account of somebody who is gone to one newcomer', () => {
    const gone = holder('a', 'x', 'gone');
    const verdicts = settleClaims([claim('b', 'x', false)], [gone]);
    expect(verdicts.get('b')).toEqual({ verdict: 'takeover', holder: gone });
  });

  it('hands nothing of somebody gone to two newcomers, to the linked, or to themselves', () => {
    const gone = [holder('a', 'x', 'gone')];
    expect(settled([claim('b', 'x', false), claim('c', 'x', false)], gone)).toEqual({ b: 'duplicate', c: 'duplicate' });
    expect(settled([claim('b', 'x', true)], gone)).toEqual({});
    expect(settled([claim('a', 'x', false)], gone)).toEqual({});
  });

  it.each<[string, Holder['intention'][]]>([
    ['first', ['stays', 'moves', 'gone']],
    ['second', ['moves', 'stays', 'gone']],
    ['last', ['gone', 'moves', 'stays']],
  ])('lets the one who stays win over others in the LMS under the same address when named %s', (_, intentions) => {
    const holders = intentions.map((intention) => holder(intention, 'x', intention));
    expect(settled([claim('new', 'x', false)], holders)).toEqual({ new: 'duplicate' });
  });

  it('keeps the address of somebody whose move was refused, for it will not be free', () => {
    const holders = [holder('a', 'x', 'moves'), holder('b', 'y', 'stays')];
    const verdicts = settleClaims([claim('a', 'y'), claim('c', 'x', false)], holders);
    expect(verdicts.get('a')).toEqual({ verdict: 'duplicate', others: ['b'] });
    expect(verdicts.get('c')).toEqual({ verdict: 'duplicate', others: ['a'] });
    expect(settled([claim('c', 'x', false), claim('a', 'y')], holders)).toEqual({ c: 'duplicate', a: 'duplicate' });
  });

  it('follows a refused move along a chain of any length', () => {
    const count = 50_000;
    const ids = Array.from({ length: count }, (_, index) => `p${index}`);
    const holders = ids.map((id, index) => holder(id, `m${index}`, index === 0 ? 'stays' : 'moves'));
    const claims = ids.slice(1).map((id, index) => claim(id, `m${index}`));
    expect(settleClaims(claims, holders).size).toBe(count - 1);
  });
});

describe('whoever claims whatever', () => {
  const KEYS = ['u', 'v', 'w', 'x', 'y'];
  // Each person may hold one address and want one; an address is held once, as in every LMS.
  const situation = fc
    .tuple(
      fc.array(fc.record({ wants: fc.constantFrom(null, ...KEYS), ends: fc.boolean() }), {
        minLength: 1,
        maxLength: 7,
      }),
      fc.shuffledSubarray(KEYS),
    )
    .map(([people, held]) => {
      const holders: Holder[] = [];
      const claims: Claim[] = [];
      people.forEach(({ wants, ends }, index) => {
        const id = `p${index}`;
        const holds = held[index];
        const intention = ends ? 'gone' : wants === null || wants === holds ? 'stays' : 'moves';
        if (holds !== undefined) holders.push(holder(id, holds, intention));
        if (wants !== null && !ends) claims.push(claim(id, wants, holds !== undefined));
      });
      return { claims, holders };
    });

  it('no address is ever with two people who have not left, and who holds and stays never loses', () => {
    fc.assert(
      fc.property(situation, ({ claims, holders }) => {
        const verdicts = settleClaims(claims, holders);
        const at = new Map(
          holders.filter(({ intention }) => intention !== 'gone').map((one) => [one.employeeId, one.emailKey]),
        );
        for (const { employeeId, emailKey } of claims) {
          if (verdicts.get(employeeId)?.verdict !== 'duplicate') at.set(employeeId, emailKey);
        }
        expect(new Set(at.values()).size).toBe(at.size);
        for (const { employeeId, intention } of holders) {
          if (intention === 'stays') expect(verdicts.has(employeeId)).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('a refusal always names somebody else who is in the way', () => {
    fc.assert(
      fc.property(situation, ({ claims, holders }) => {
        for (const [id, verdict] of settleClaims(claims, holders)) {
          if (verdict.verdict !== 'duplicate') continue;
          expect(verdict.others.length).toBeGreaterThan(0);
          expect(verdict.others).not.toContain(id);
          expect(new Set(verdict.others).size).toBe(verdict.others.length);
        }
      }),
    );
  });

  it('the order of the claims means nothing', () => {
    const shuffled = situation.chain(({ claims, holders }) =>
      fc.tuple(fc.constant({ claims, holders }), fc.shuffledSubarray(claims, { minLength: claims.length })),
    );
    fc.assert(
      fc.property(shuffled, ([{ claims, holders }, other]) => {
        expect(settled(other, holders)).toEqual(settled(claims, holders));
      }),
    );
  });

  it('an account is taken over by at most one', () => {
    fc.assert(
      fc.property(situation, ({ claims, holders }) => {
        const taken = [...settleClaims(claims, holders).values()].flatMap((verdict) =>
          verdict.verdict === 'takeover' ? [verdict.holder.accountId] : [],
        );
        expect(new Set(taken).size).toBe(taken.length);
      }),
    );
  });
});
