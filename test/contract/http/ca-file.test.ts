import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createAgents } from '../../../src/http/agents.js';
import { CaFileError } from '../../../src/http/errors.js';
import { selfSign } from './certificate.js';

const folder = mkdtempSync(join(tmpdir(), 'hrsync-ca-'));
const caFile = join(folder, 'ca.pem');
afterAll(() => rmSync(folder, { recursive: true }));

const { key, certificate } = selfSign(new Date());
const damaged = certificate.replace(/\n[^-]+\n/, '\nbm9uc2Vuc2U=\n');
const open = (text: string) => {
  writeFileSync(caFile, text);
  return createAgents({ system: 'Acme', baseUrl: 'https://api.acme.example', concurrency: 1, proxy: '', caFile });
};

it('may hold several certificates, with words between them', () => {
  expect(() => open(`Acme root\n${certificate}\r\nAcme second\n${certificate}`)).not.toThrow();
});

it.each([
  ['nothing', '', 'it holds no certificate in PEM form'],
  ['a key only', key, 'it holds no certificate in PEM form'],
  ['half a certificate', certificate.slice(0, 100), 'it holds no certificate in PEM form'],
  ['a damaged certificate', damaged, 'a certificate in it is damaged'],
  ['a damaged certificate after a good one', certificate + damaged, 'a certificate in it is damaged'],
])('with %s is refused', (_, text, problem) => {
  const error = failureOf(() => open(text));
  expect(error).toBeInstanceOf(CaFileError);
  expect(error).toMatchObject({ file: caFile, problem });
});

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
