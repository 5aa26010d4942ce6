import { describe, expect, it } from 'vitest';
import { TARGETS } from '../../../src/targets/registry.js';
import type { Target } from '../../../src/targets/target.js';
import type { Bench } from './bench.js';

/** What every target keeps of its self-examination. */
export function describeChecking(bench: Bench, { reader }: { readonly reader: boolean }): void {
  describe('checking', () => {
    const errors = async (checked: Target) => {
      const findings = await checked.check(['email', 'first_name', 'last_name']);
      return findings.filter(({ level }) => level === 'error').map(({ cause }) => cause);
    };

    it('finds nothing wrong where everything is right', async () => {
      expect(await errors(bench.target)).toEqual([]);
    });

    it.each(reader ? (['wrong', 'reader'] as const) : (['wrong'] as const))(
      'finds what is wrong with %s credentials',
      async (access) => {
        expect(new Set(await errors(bench.stage.open(access)))).toEqual(new Set(['credentials']));
      },
    );

    it('finds that nobody answers', async () => {
      bench.stage.system.faults.add({ fault: { kind: 'reset_before_commit' }, times: null });
      expect(await errors(bench.target)).toContain('unreachable');
    });

    it('names what it takes, and takes what it names', async () => {
      const fields = await bench.target.fields();
      const required = fields.filter((field) => field.required).map(({ name }) => name);
      // Where accounts do without an address, it is one of the fields that tell people apart.
      const { identifiers = [] } = (await TARGETS[bench.target.type]?.()) ?? {};
      expect([...required, ...identifiers]).toContain('email');
      expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    });
  });
}
