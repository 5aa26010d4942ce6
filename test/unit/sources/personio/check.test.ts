import { describe, expect, it } from 'vitest';
import { CredentialsError, InterruptedError, PermissionError } from '../../../../src/errors.js';
import { NetworkError } from '../../../../src/http/errors.js';
import { checkPersonio } from '../../../../src/sources/personio/check.js';
import { attribute, clientOf } from './client.js';

const HOST = 'https://api.personio.de';
const company = () => ({ people: [], nextOffset: 1, total: 412 });
const request = { system: 'Personio', method: 'GET', url: HOST, attempts: 5 };

describe('checking Personio', () => {
  it('finds nothing wrong where everything is right, and says how many employees there are', async () => {
    const findings = await checkPersonio(clientOf(company), HOST, ['id', 'work_email']);
    expect(findings.map((finding) => finding.level)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(findings[2]?.message).toContain('412');
  });

  it.each([
    [new CredentialsError('Personio', 'Wrong credentials'), 'credentials', 'credentials'],
    [new PermissionError('Personio', ['employees:read'], 'forbidden'), 'employees', 'credentials'],
    [new NetworkError(request, 'ECONNREFUSED', false), HOST, 'unreachable'],
  ])('finds %s', async (error, subject, cause) => {
    const findings = await checkPersonio(
      clientOf(() => error),
      HOST,
      ['work_email'],
    );
    expect(findings).toMatchObject([{ level: 'error', subject, cause }]);
  });

  it('names each attribute that is not readable, and where to allow it', async () => {
    const catalogue = [attribute('email')];
    const findings = await checkPersonio(clientOf(company, catalogue), HOST, ['work_email', 'manager', 'dynamic_9']);
    const errors = findings.filter((finding) => finding.level === 'error');
    expect(errors.map((finding) => finding.subject)).toEqual(['attribute manager', 'attribute dynamic_9']);
    expect(errors[0]?.message).toContain('supervisor');
    expect(errors[0]?.message).toContain('API credentials');
  });

  it('says of an HR field without any attribute that the mapping is wrong, not the permission', async () => {
    const findings = await checkPersonio(clientOf(company), HOST, ['employee_number']);
    expect(findings.at(-1)).toMatchObject({ level: 'error', subject: 'attribute employee_number', cause: 'config' });
  });

  it('warns where there is nobody, and where the catalogue is withheld', async () => {
    const withheld = new PermissionError('Personio', ['employees:read'], 'forbidden');
    const client = clientOf(() => ({ people: [], nextOffset: 1, total: 0 }), withheld);
    const warnings = (await checkPersonio(client, HOST, ['id'])).filter((finding) => finding.level === 'warning');
    expect(warnings.map((finding) => finding.subject)).toEqual(['employees', 'attributes']);
  });

  it('lets an interruption through', async () => {
    const client = clientOf(() => new InterruptedError());
    await expect(checkPersonio(client, HOST, [])).rejects.toBeInstanceOf(InterruptedError);
  });
});
