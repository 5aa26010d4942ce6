import { describe, expect, it } from 'vitest';
import { CredentialsError, PermissionError, RequestError } from '../../../src/errors.js';
import type { FaultOrder } from '../../../src/sandbox/index.js';
import type { Bench } from './bench.js';
import { keyFor, only, whole } from './stage.js';

/** What every target keeps when the LMS refuses, stumbles or hangs up. */
export function describeTrouble(
  bench: Bench,
  { reader, renewsTokens }: { readonly reader: boolean; readonly renewsTokens: boolean },
): void {
  const strike = (fault: FaultOrder['fault'], times = 1) =>
    bench.stage.system.faults.add({ fault, match: { route: bench.stage.routes.create }, times });
  const sentCreates = () =>
    bench.stage.system.requests.list().filter(({ route }) => route === bench.stage.routes.create).length;
  const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);

  describe('in trouble', () => {
    it('says that an e-mail is taken, and changes nothing', async () => {
      const [one, other] = [await bench.create(1), await bench.create(2)];
      const before = [bench.stage.held(one), bench.stage.held(other), bench.stage.count()];
      const { email } = keyFor(bench.stage.person(1));
      const taken = { reason: 'email_taken', name: 'RejectedError' };
      const third = whole({ ...bench.stage.person(3), email });
      expect(await failureOf(bench.target.create(third, { invite: true }))).toMatchObject(taken);
      expect(
        await failureOf(bench.target.update(other, only(['email'], { ...bench.stage.person(2), email }))),
      ).toMatchObject(taken);
      expect([bench.stage.held(one), bench.stage.held(other), bench.stage.count()]).toEqual(before);
    });

    it('says that an account is unknown', async () => {
      const accountId = bench.stage.nobody;
      const draft = whole(bench.stage.person(1));
      for (const call of [
        () => bench.target.update(accountId, draft),
        () => bench.target.reactivate(accountId, draft),
        () => bench.target.deactivate(accountId),
      ]) {
        expect(await failureOf(call())).toMatchObject({ name: 'RejectedError', reason: 'unknown_account' });
      }
      expect(await bench.target.get(accountId)).toBeNull();
    });

    it.each([undefined, 1])('goes on after being told to slow down (Retry-After: %s)', async (retryAfter) => {
      strike({ kind: 'status', status: 429, ...(retryAfter && { retryAfter }) }, 2);
      const accountId = await bench.create(1);
      expect(bench.stage.held(accountId)?.fields).toEqual(bench.stage.person(1));
    });

    const whereTokensAreRenewed = renewsTokens ? it : () => undefined;
    whereTokensAreRenewed('goes on when its token ends on the way', async () => {
      await bench.create(1);
      strike({ kind: 'revoke_tokens' });
      expect(bench.stage.held(await bench.create(2))?.fields).toEqual(bench.stage.person(2));
      expect(await bench.target.find([keyFor(bench.stage.person(2))])).toHaveLength(1);
    });

    const unclear: readonly FaultOrder['fault'][] = [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 503 },
      { kind: 'error_after_commit' },
      { kind: 'reset_before_commit' },
      { kind: 'reset_after_commit' },
      { kind: 'html' },
      { kind: 'empty_body' },
    ];
    it.each(unclear)('does not make an account twice where the answer is unclear: $kind $status', async (fault) => {
      await bench.create(1);
      const before = bench.stage.count();
      strike(fault, 5);
      const sent = sentCreates();
      const failure = await failureOf(bench.create(2));
      expect(failure).toBeInstanceOf(RequestError);
      expect(failure).toMatchObject({ mayHaveHappened: true });
      expect(sentCreates() - sent).toBe(1);
      const found = await bench.target.find([keyFor(bench.stage.person(2))]);
      expect(bench.stage.count() - before).toBe(found.length);
    });

    it('tells refused credentials apart from what is wrong with one person', async () => {
      const draft = whole(bench.stage.person(1));
      const refused = await failureOf(bench.stage.open('wrong').create(draft, { invite: false }));
      expect(refused).toBeInstanceOf(CredentialsError);
    });

    if (!reader) return;
    it('tells missing rights apart from what is wrong with one person', async () => {
      const draft = whole(bench.stage.person(1));
      const withheld = await failureOf(bench.stage.open('reader').create(draft, { invite: false }));
      expect(withheld).toBeInstanceOf(PermissionError);
      expect(withheld).toHaveProperty('missing.0', expect.any(String));
    });
  });
}
