import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

it('the version is the one of the package, and the changelog says what is new in it', () => {
  expect(JSON.parse(read('package.json'))).toHaveProperty('version', VERSION);
  expect(read('CHANGELOG.md')).toContain(`\n## ${VERSION}\n`);
});
