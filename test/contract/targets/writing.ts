import { describe, expect, it } from 'vitest';
import { sameValue } from '../../../src/core/value.js';
import type { Bench } from './bench.js';
import { only, whole } from './stage.js';

/** What every target keeps of its writes. */
export function describeWriting(bench: Bench, { mailsAtCreation }: { readonly mailsAtCreation: boolean }): void {
  describe('writing', () => {
    it.each([true, false])('makes an account whole, and mails the person only when asked to (%s)', async (invite) => {
      const manager = await bench.createManager(1);
      const { accountId, refused } = await bench.target.create(whole(bench.stage.person(2), manager), { invite });
      expect(refused).toEqual([]);
      expect(bench.stage.held(accountId)).toEqual({
        fields: bench.stage.person(2),
        manager: manager.accountId,
        active: true,
        invitations: invite && mailsAtCreation ? 1 : 0,
      });
    });

    it('sends only what changed and leaves everything else alone', async () => {
      const manager = await bench.createManager(1);
      const accountId = await bench.create(2, manager);
      const fields = { ...bench.stage.person(2), ...bench.stage.other };
      for (const [field, value] of Object.entries(bench.stage.other)) {
        const before = bench.stage.held(accountId);
        const { refused } = await bench.target.update(accountId, only([field], fields));
        expect(refused).toEqual([]);
        expect(bench.stage.held(accountId)).toEqual({ ...before, fields: { ...before?.fields, [field]: value } });
      }
    });

    it.each(['email', 'first_name', 'last_name', 'external_id'])('changes %s alone', async (field) => {
      const accountId = await bench.create(2);
      const fields = { ...bench.stage.person(2), [field]: bench.stage.person(4)[field] ?? null };
      await bench.target.update(accountId, only([field], fields));
      expect(bench.stage.held(accountId)?.fields).toEqual(fields);
    });

    it('changes nothing when what it writes is there already', async () => {
      const accountId = await bench.create(1);
      const before = bench.stage.held(accountId);
      await bench.target.update(accountId, whole(bench.stage.person(1)));
      expect(bench.stage.held(accountId)).toEqual(before);
    });

    it('empties what is to be empty', async () => {
      const accountId = await bench.create(1);
      expect(bench.stage.clearable.length).toBeGreaterThan(0);
      for (const field of bench.stage.clearable) {
        await bench.target.update(accountId, only([field], { ...bench.stage.person(1), [field]: null }));
        expect(bench.stage.held(accountId)?.fields[field] ?? null).toSatisfy((value: null) => sameValue(value, null));
      }
    });

    it('gives somebody a manager, another one, and none', async () => {
      const [one, other] = [await bench.createManager(1), await bench.createManager(2)];
      const accountId = await bench.create(3);
      for (const manager of [one, other, null]) {
        await bench.target.update(accountId, { ...only([], bench.stage.person(3)), manager });
        expect(bench.stage.held(accountId)?.manager).toBe(manager?.accountId ?? null);
      }
    });

    it('deactivates, and is content when that is done already', async () => {
      const accountId = await bench.create(1);
      await bench.target.deactivate(accountId);
      await bench.target.deactivate(accountId);
      expect(bench.stage.held(accountId)?.active).toBe(false);
    });

    it('reactivates with everything that the account had, also when it is active already', async () => {
      const manager = await bench.createManager(1);
      const accountId = await bench.create(2, manager);
      const before = bench.stage.held(accountId);
      await bench.target.deactivate(accountId);
      for (const _ of ['deactivated', 'active']) {
        const { refused } = await bench.target.reactivate(accountId, whole(bench.stage.person(2), manager));
        expect(refused).toEqual([]);
        expect(bench.stage.held(accountId)).toEqual(before);
      }
    });

    it('deletes, and is content when that is done already', async () => {
      const accountId = await bench.create(1);
      await bench.target.delete(accountId);
      await bench.target.delete(accountId);
      if (bench.stage.deletes === 'for_good') expect(bench.stage.held(accountId)).toBeNull();
      else expect(bench.stage.held(accountId)?.active).toBe(false);
    });
  });
}
