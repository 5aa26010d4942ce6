import { describe, expect, it } from 'vitest';
import { CredentialsError, IncompleteReadError, NotReadyError, PermissionError } from '../../../../src/errors.js';
import { AnswerError, StatusError, TimeoutError } from '../../../../src/http/errors.js';
import { mayPass, parsed, translated } from '../../../../src/sources/kombo/failure.js';
import { pageSchema } from '../../../../src/sources/kombo/schema.js';

const request = { system: 'Kombo', method: 'GET', url: 'https://api.kombo.dev/v1/hris/employees', attempts: 1 };
const refused = (code: string | null, message = 'Not now') => {
  return { status: 'error', error: { code, title: null, message, log_url: null } };
};
const failed = (status: number, body: unknown) => new StatusError(request, status, body, {});

describe("Kombo's failures", () => {
  it.each([
    [401, 'PLATFORM.AUTHENTICATION_INVALID', CredentialsError, 8],
    [404, 'PLATFORM.INTEGRATION_NOT_FOUND', CredentialsError, 8],
    [403, 'PLATFORM.IP_NOT_WHITELISTED', PermissionError, 8],
    [403, 'INTEGRATION.PERMISSION_MISSING', PermissionError, 8],
    [400, 'INTEGRATION.MODEL_NOT_AVAILABLE', PermissionError, 8],
    [400, 'INTEGRATION.MODEL_DISABLED', PermissionError, 8],
    [409, 'INTEGRATION.SETUP_SYNC_PENDING', NotReadyError, 6],
    [503, 'INTEGRATION.SETUP_SYNC_PENDING', NotReadyError, 6],
    [409, 'INTEGRATION.SETUP_INCOMPLETE', NotReadyError, 6],
    [409, 'INTEGRATION.QA_FAILED', NotReadyError, 6],
    [400, 'INTEGRATION.INACTIVE', NotReadyError, 6],
    [400, 'INTEGRATION.AUTHENTICATION_INVALID', NotReadyError, 8],
    [400, 'PLATFORM.INPUT_INVALID', IncompleteReadError, 6],
    [401, 'SOMETHING.NEW', IncompleteReadError, 6],
  ])('are read by their code first: %d %s', (status, code, kind, exitCode) => {
    const error = failed(status, refused(code));
    expect(translated(error)).toBeInstanceOf(kind);
    expect(translated(error)).toMatchObject({ exitCode, cause: error, message: expect.stringContaining(code) });
    expect(() => parsed(pageSchema, refused(code), 'the page')).toThrow(kind);
  });

  it('are read by their status where there is no code', () => {
    expect(translated(failed(401, '<html>'))).toBeInstanceOf(CredentialsError);
    expect(translated(failed(403, refused(null, 'Forbidden')))).toBeInstanceOf(PermissionError);
    const others = [failed(502, '502 Bad Gateway'), failed(500, null), new TimeoutError(request, 30)];
    expect(others.map(translated)).toEqual(others);
  });

  it('are an incomplete read where something else than JSON comes', () => {
    expect(translated(new AnswerError(request, 200, 'an HTML page'))).toBeInstanceOf(IncompleteReadError);
    for (const body of [null, '<html>', {}, { status: 'success' }, { status: 'success', data: [] }, refused(null)]) {
      expect(() => parsed(pageSchema, body, 'the page')).toThrow(IncompleteReadError);
    }
  });

  it.each([
    [429, refused('PLATFORM.RATE_LIMIT_EXCEEDED'), true],
    [429, refused('PLATFORM.CONCURRENCY_LIMIT_EXCEEDED'), true],
    [429, null, true],
    [400, refused('REMOTE.RATE_LIMIT_EXCEEDED'), true],
    [502, refused('REMOTE.SERVICE_UNAVAILABLE'), true],
    [503, '<html>nginx</html>', true],
    [503, null, true],
    [503, refused(null), false],
    [503, refused('INTEGRATION.QA_FAILED'), false],
    [500, refused('PLATFORM.UNKNOWN_ERROR'), false],
    [504, refused('PLATFORM.TASK_TIMED_OUT'), false],
    [502, '502 Bad Gateway', false],
    [500, null, false],
  ])('may pass only where Kombo says so: %d %j', (status, body, passes) => {
    expect(mayPass(failed(status, body))).toBe(passes);
  });
});
