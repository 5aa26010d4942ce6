import { describe, expect, it } from 'vitest';
import { conditionsIn } from '../../../src/core/scope.js';
import { config, parse, problemsIn } from './support.js';

describe('a file that is no config', () => {
  it('is named when it is empty', async () => {
    expect(await problemsIn('# only a comment\n')).toMatchInlineSnapshot(`
      [
        "1:1 the file: holds nothing; copy config.example.yaml to start from",
      ]
    `);
  });

  it('is named when it is some other text', async () => {
    expect(await problemsIn('<html><body>Not found</body></html>')).toMatchInlineSnapshot(`
      [
        "1:1 the file: is not a config: it must be a set of keys such as "version: 1"",
      ]
    `);
  });

  it('is named when it is a list', async () => {
    expect(await problemsIn('- version: 1')).toMatchInlineSnapshot(`
      [
        "1:1 the file: is not a config: it must be a set of keys such as "version: 1"",
      ]
    `);
  });

  it('has every YAML error named with its place', async () => {
    expect(await problemsIn('version: 1\nname: "acme\nsource:\n\ttype: personio')).toMatchInlineSnapshot(`
      [
        "4:16 the file: is not YAML: a quote, bracket, comma or colon is missing here or before",
      ]
    `);
  });

  it('is refused when it holds two documents', async () => {
    expect(await problemsIn(`${config()}\n---\n${config()}`)).toMatchInlineSnapshot(`
      [
        "17:1 the file: holds a second document (---); one file describes one connector",
      ]
    `);
  });
});

describe('keys', () => {
  it('that stand twice are refused at the second place', async () => {
    expect(await problemsIn(config({ rest: 'match: [email]\nmatch: [external_id]' }))).toMatchInlineSnapshot(`
      [
        "17:1 match: stands here a second time; keep one of the two",
      ]
    `);
  });

  it('cannot reach into the prototype', async () => {
    expect(await problemsIn(config({ rest: '__proto__: { name: other }' }))).toMatchInlineSnapshot(`
      [
        "16:1 __proto__: is a key that cannot be used",
      ]
    `);
  });
});

describe('aliases', () => {
  it('repeat what their anchor holds', async () => {
    const rest = 'safety:\n  max_creates: &some 7\n  max_updates: *some';
    const { safety } = await parse(config({ rest }));
    expect(safety.limits).toMatchObject({ create: { count: 7 }, update: { count: 7 } });
  });

  it('that hold themselves are refused', async () => {
    const [problem] = await problemsIn(config({ rest: 'employees: &all\n  filter: *all' }));
    expect(problem).toContain('is nested too deeply, or its aliases expand to too much');
  });

  it('that multiply are refused before they fill the memory', async () => {
    const levels = [...Array(9).keys()].map((level) => {
      return `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`;
    });
    const [problem] = await problemsIn(`l0: &l0 x\n${levels.join('\n')}`);
    expect(problem).toContain('is nested too deeply, or its aliases expand to too much');
  });
});

describe('numbers', () => {
  it('keep the zeros in front where a text is wanted', async () => {
    const { scope, read } = await parse(
      config({
        rest: 'employees:\n  filter: [{ field: cost_center, in: [0815, 4711] }]\nsafety:\n  canaries: [12345678901234567890, 7]',
      }),
    );
    expect(conditionsIn(scope.filter)[0]?.in).toEqual(['0815', '4711']);
    expect(read.canaries).toEqual(['12345678901234567890', '7']);
  });
});
