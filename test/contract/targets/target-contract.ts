import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/account.js';
import { sameValue } from '../../../src/core/value.js';
import { CredentialsError, PermissionError, RequestError } from '../../../src/errors.js';
import type { FaultOrder } from '../../../src/sandbox/index.js';
import type { ManagerAccount, Target } from '../../../src/targets/target.js';
import { each, keyFor, listAll, only, type TargetStage, whole } from './stage.js';

/** The promises that every target keeps. */
export function describeTarget(name: string, setUp: () => Promise<TargetStage>): void {
  describe(`${name} as a target`, () => {
    let stage: TargetStage;
    let target: Target;
    beforeEach(async () => {
      stage = await setUp();
      target = stage.open();
    });
    afterEach(() => stage.stop());

    const create = async (number: number, manager?: ManagerAccount): Promise<string> =>
      (await target.create(whole(stage.person(number), manager), { invite: false })).accountId;
    const createManager = async (number: number): Promise<ManagerAccount> => {
      const accountId = await create(number);
      return { accountId, email: keyFor(stage.person(number)).email };
    };
    const strike = (fault: FaultOrder['fault'], times = 1) =>
      stage.system.faults.add({ fault, match: { route: stage.routes.create }, times });
    const sentCreates = () => stage.system.requests.list().filter(({ route }) => route === stage.routes.create).length;
    const failureOf = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error);

    describe('writing', () => {
      it.each([true, false])('makes an account whole, and mails the person only when asked to (%s)', async (invite) => {
        const manager = await createManager(1);
        const { accountId, refused } = await target.create(whole(stage.person(2), manager), { invite });
        expect(refused).toEqual([]);
        expect(stage.held(accountId)).toEqual({
          fields: stage.person(2),
          manager: manager.accountId,
          active: true,
          invitations: invite ? 1 : 0,
        });
      });

      it('sends only what changed and leaves everything else alone', async () => {
        const manager = await createManager(1);
        const accountId = await create(2, manager);
        const fields = { ...stage.person(2), ...stage.other };
        for (const [field, value] of Object.entries(stage.other)) {
          const before = stage.held(accountId);
          const { refused } = await target.update(accountId, only([field], fields));
          expect(refused).toEqual([]);
          expect(stage.held(accountId)).toEqual({ ...before, fields: { ...before?.fields, [field]: value } });
        }
      });

      it.each(['email', 'first_name', 'last_name', 'external_id'])('changes %s alone', async (field) => {
        const accountId = await create(2);
        const fields = { ...stage.person(2), [field]: stage.person(4)[field] ?? null };
        await target.update(accountId, only([field], fields));
        expect(stage.held(accountId)?.fields).toEqual(fields);
      });

      it('changes nothing when what it writes is there already', async () => {
        const accountId = await create(1);
        const before = stage.held(accountId);
        await target.update(accountId, whole(stage.person(1)));
        expect(stage.held(accountId)).toEqual(before);
      });

      it('empties what is to be empty', async () => {
        const accountId = await create(1);
        expect(stage.clearable.length).toBeGreaterThan(0);
        for (const field of stage.clearable) {
          await target.update(accountId, only([field], { ...stage.person(1), [field]: null }));
          expect(stage.held(accountId)?.fields[field] ?? null).toSatisfy((value: null) => sameValue(value, null));
        }
      });

      it('gives somebody a manager, another one, and none', async () => {
        const [one, other] = [await createManager(1), await createManager(2)];
        const accountId = await create(3);
        for (const manager of [one, other, null]) {
          await target.update(accountId, { ...only([], stage.person(3)), manager });
          expect(stage.held(accountId)?.manager).toBe(manager?.accountId ?? null);
        }
      });

      it('deactivates, and is content when that is done already', async () => {
        const accountId = await create(1);
        await target.deactivate(accountId);
        await target.deactivate(accountId);
        expect(stage.held(accountId)?.active).toBe(false);
      });

      it('reactivates with everything that the account had, also when it is active already', async () => {
        const manager = await createManager(1);
        const accountId = await create(2, manager);
        const before = stage.held(accountId);
        await target.deactivate(accountId);
        for (const _ of ['deactivated', 'active']) {
          const { refused } = await target.reactivate(accountId, whole(stage.person(2), manager));
          expect(refused).toEqual([]);
          expect(stage.held(accountId)).toEqual(before);
        }
      });

      it('deletes, and is content when that is done already', async () => {
        const accountId = await create(1);
        await target.delete(accountId);
        await target.delete(accountId);
        expect(stage.held(accountId)).toBeNull();
      });
    });

    describe('reading', () => {
      const shown = (account: Account | null | undefined) => Object.entries(account?.fields ?? {});

      it('finds what it made and reads it back as it was written', async () => {
        const accountId = await create(1);
        const [found] = await target.find([keyFor(stage.person(1))]);
        expect(found).toEqual(await target.get(accountId));
        expect(found).toMatchObject({ id: accountId, state: 'active', ...keyFor(stage.person(1)) });
        const managed = shown(found).filter(([field]) => field in stage.person(1));
        expect(managed.length).toBeGreaterThan(3);
        expect(managed.filter(([field, value]) => !sameValue(value, stage.person(1)[field]))).toEqual([]);
      });

      it.each(['external id', 'e-mail', 'e-mail in other letters'])('finds an account by %s alone', async (by) => {
        const accountId = await create(1);
        const { externalId, email } = keyFor(stage.person(1));
        const address = by === 'e-mail' ? email : email.toUpperCase();
        const key = by === 'external id' ? { externalId, email: null } : { externalId: 'nobody', email: address };
        expect((await target.find([key])).map(({ id }) => id)).toEqual([accountId]);
      });

      it('gives both accounts where id and e-mail lead to different ones, and each of them once', async () => {
        const ids = [await create(1), await create(2)];
        const { externalId } = keyFor(stage.person(1));
        const { email } = keyFor(stage.person(2));
        const found = await target.find([{ externalId, email }, keyFor(stage.person(1)), keyFor(stage.person(2))]);
        expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
      });

      it('finds and shows deactivated accounts as such', async () => {
        const accountId = await create(1);
        await target.deactivate(accountId);
        const { externalId, email } = keyFor(stage.person(1));
        for (const key of [
          { externalId, email: null },
          { externalId: 'nobody', email },
        ]) {
          expect(await target.find([key])).toMatchObject([{ id: accountId, state: 'deactivated' }]);
        }
        expect(await target.get(accountId)).toMatchObject({ state: 'deactivated' });
        expect((await listAll(target)).find(({ id }) => id === accountId)).toMatchObject({ state: 'deactivated' });
      });

      it('finds nobody where nobody is, and never trusts a filter', async () => {
        const stranger = { externalId: 'nobody', email: 'no+body@acme.example' };
        expect(await target.find([stranger])).toEqual([]);
        expect(await target.get('999999')).toBeNull();
        stage.mislead();
        expect(await target.find([stranger])).toEqual([]);
      });

      it('finds addresses and ids with characters that mean something in a URL', async () => {
        const fields = { ...stage.person(1), external_id: 'A/1 ?#&%2F+ü', email: 'a+b&c=d%40@acme.example' };
        const { accountId } = await target.create(whole(fields), { invite: false });
        const { externalId, email } = keyFor(fields);
        expect(await target.find([{ externalId, email: null }])).toMatchObject([{ id: accountId }]);
        expect(await target.find([{ externalId: 'nobody', email }])).toMatchObject([{ id: accountId }]);
      });

      it('lists everybody once over several pages', async () => {
        stage.fill(37);
        const ids = (await listAll(target)).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBe(stage.count());
        const pages = stage.system.requests.list().filter(({ route }) => route === stage.routes.list);
        expect(pages.length).toBeGreaterThan(1);
      });

      it('sends nothing that could change anything', async () => {
        stage.fill(3);
        await target.find([keyFor(stage.person(1))]);
        await listAll(target);
        await target.get('1');
        await target.check(Object.keys(stage.person(1)));
        await target.missingReferences(each(stage.person(1)));
        expect(stage.system.requests.list().length).toBeGreaterThan(0);
        expect(stage.system.requests.writes()).toEqual([]);
      });
    });

    describe('in trouble', () => {
      it('says that an e-mail is taken, and changes nothing', async () => {
        const [one, other] = [await create(1), await create(2)];
        const before = [stage.held(one), stage.held(other), stage.count()];
        const { email } = keyFor(stage.person(1));
        const taken = { reason: 'email_taken', name: 'RejectedError' };
        const third = whole({ ...stage.person(3), email });
        expect(await failureOf(target.create(third, { invite: true }))).toMatchObject(taken);
        expect(await failureOf(target.update(other, only(['email'], { ...stage.person(2), email })))).toMatchObject(
          taken,
        );
        expect([stage.held(one), stage.held(other), stage.count()]).toEqual(before);
      });

      it('says that an account is unknown', async () => {
        const accountId = await create(1);
        await target.delete(accountId);
        const draft = whole(stage.person(1));
        for (const call of [
          () => target.update(accountId, draft),
          () => target.reactivate(accountId, draft),
          () => target.deactivate(accountId),
        ]) {
          expect(await failureOf(call())).toMatchObject({ name: 'RejectedError', reason: 'unknown_account' });
        }
        expect(await target.get(accountId)).toBeNull();
      });

      it.each([undefined, 1])('goes on after being told to slow down (Retry-After: %s)', async (retryAfter) => {
        strike({ kind: 'status', status: 429, ...(retryAfter && { retryAfter }) }, 2);
        const accountId = await create(1);
        expect(stage.held(accountId)?.fields).toEqual(stage.person(1));
      });

      it('goes on when its token ends on the way', async () => {
        await create(1);
        strike({ kind: 'revoke_tokens' });
        expect(stage.held(await create(2))?.fields).toEqual(stage.person(2));
        expect(await target.find([keyFor(stage.person(2))])).toHaveLength(1);
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
        await create(1);
        const before = stage.count();
        strike(fault, 5);
        const sent = sentCreates();
        const failure = await failureOf(create(2));
        expect(failure).toBeInstanceOf(RequestError);
        expect(failure).toMatchObject({ mayHaveHappened: true });
        expect(sentCreates() - sent).toBe(1);
        const found = await target.find([keyFor(stage.person(2))]);
        expect(stage.count() - before).toBe(found.length);
      });

      it('tells refused credentials and missing rights apart from what is wrong with one person', async () => {
        const draft = whole(stage.person(1));
        const refused = await failureOf(stage.open('wrong').create(draft, { invite: false }));
        expect(refused).toBeInstanceOf(CredentialsError);
        const withheld = await failureOf(stage.open('reader').create(draft, { invite: false }));
        expect(withheld).toBeInstanceOf(PermissionError);
        expect(withheld).toHaveProperty('missing.0', expect.any(String));
      });
    });

    describe('checking', () => {
      const errors = async (checked: Target) => {
        const findings = await checked.check(['email', 'first_name', 'last_name']);
        return findings.filter(({ level }) => level === 'error').map(({ cause }) => cause);
      };

      it('finds nothing wrong where everything is right', async () => {
        expect(await errors(target)).toEqual([]);
      });

      it.each(['wrong', 'reader'] as const)('finds what is wrong with %s credentials', async (access) => {
        expect(new Set(await errors(stage.open(access)))).toEqual(new Set(['credentials']));
      });

      it('finds that nobody answers', async () => {
        stage.system.faults.add({ fault: { kind: 'reset_before_commit' }, times: null });
        expect(await errors(target)).toContain('unreachable');
      });

      it('names what it takes, and takes what it names', async () => {
        const fields = await target.fields();
        expect(fields.filter(({ required }) => required).map(({ name }) => name)).toContain('email');
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
      });
    });
  });
}
