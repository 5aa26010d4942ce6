import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { CredentialsError, IncompleteReadError, PermissionError } from '../../../../src/errors.js';
import { AnswerError, StatusError, TimeoutError } from '../../../../src/http/errors.js';
import * as failure from '../../../../src/sources/personio/failure.js';
import { attributesSchema, employeesSchema, tokenSchema } from '../../../../src/sources/personio/schema.js';

const { saysTokenIsRefused } = failure;
const translated = (error: unknown) => failure.translated(error, 'employees:read');
const parsed = <Body>(schema: z.ZodType<Body>, body: unknown, what: string) =>
  failure.parsed(schema, body, what, 'employees:read');
const request = { system: 'Personio', method: 'GET', url: 'https://api.personio.de/v1/company/employees', attempts: 1 };
const refused = (message: string) => ({ success: false, error: { code: 0, message } });
const FORBIDDEN = 'personio.core.api.exceptions.api.forbidden.http.exception';

describe("Personio's failures", () => {
  it.each([
    [401, 'Authorization is not provided', CredentialsError],
    [403, 'Provided authorization is not valid', CredentialsError],
    [403, 'Wrong credentials', CredentialsError],
    [403, FORBIDDEN, PermissionError],
    [400, FORBIDDEN, PermissionError],
  ])('reads %d "%s" as what an admin must mend', (status, message, kind) => {
    const error = new StatusError(request, status, refused(message), {});
    expect(translated(error)).toBeInstanceOf(kind);
    expect(translated(error)).toHaveProperty('cause', error);
  });

  it('reads a refusal without the usual body by its status', () => {
    expect(translated(new StatusError(request, 401, '<html>', {}))).toBeInstanceOf(CredentialsError);
    expect(translated(new StatusError(request, 403, null, {}))).toBeInstanceOf(PermissionError);
  });

  it.each([
    [
      400,
      { error: 'invalid_client', error_description: 'No', trace_id: '42' },
      CredentialsError,
      'invalid_client: No (trace 42)',
    ],
    [401, { error: { message: 'Unauthorized Request' } }, PermissionError, 'Unauthorized Request'],
    [403, { personio_trace_id: '', errors: [{ title: 'No', detail: 'scope' }] }, PermissionError, 'No: scope'],
    [401, { personio_trace_id: '7', errors: [{ title: 'No', type: null }] }, CredentialsError, 'No (trace 7)'],
  ])('reads a %d of v2 with %j', (status, body, kind, detail) => {
    const error = translated(new StatusError(request, status, body, {}));
    expect(error).toBeInstanceOf(kind);
    expect(error).toHaveProperty('detail', detail);
  });

  it('does not take a scope that the token call does not know for wrong credentials', () => {
    const error = new StatusError(request, 400, { error: 'invalid_scope' }, {});
    expect(translated(error)).toBe(error);
  });

  it('does not believe a read that brings something else than JSON', () => {
    const error = new AnswerError(request, 200, 'an HTML page instead of JSON');
    expect(translated(error)).toBeInstanceOf(IncompleteReadError);
    expect(translated(error)).toHaveProperty('cause', error);
  });

  it('lets other failures through as they are', () => {
    const errors = [new TimeoutError(request, 30), new StatusError(request, 500, refused('Something went wrong'), {})];
    expect(errors.map((error) => translated(error))).toEqual(errors);
  });

  it("keeps Personio's own words of a refusal, and the number of its trace, within bounds", () => {
    const body = {
      personio_trace_id: 'abc123',
      errors: [
        { title: 'Bad request', detail: 'Parameter [legal_entity.id] is invalid' },
        { title: 'Bad request', detail: 'x'.repeat(5_000) },
      ],
    };
    const error = new StatusError(request, 400, body, {});
    const before = error.message;
    translated(translated(error));
    expect(error.message).toMatch(/: Bad request: Parameter \[legal_entity.id\] is invalid; .*x \(trace abc123\)$/);
    expect(error.message.length).toBeLessThan(before.length + 300);
  });

  it.each([
    [{ success: false, data: [] }, IncompleteReadError],
    [refused('Something went wrong'), IncompleteReadError],
    [refused(FORBIDDEN), PermissionError],
    [refused('Wrong credentials'), CredentialsError],
    [{ success: true, employees: [] }, IncompleteReadError],
    [{ success: true, data: {} }, IncompleteReadError],
    [null, IncompleteReadError],
    ['<html>', IncompleteReadError],
  ])('does not take %j for a page of employees', (body, kind) => {
    expect(() => parsed(employeesSchema, body, 'the page')).toThrow(kind);
  });

  it('knows the refusal of a token from the refusal of a right', () => {
    expect(saysTokenIsRefused(new StatusError(request, 403, refused('Provided authorization is not valid'), {}))).toBe(
      true,
    );
    expect(saysTokenIsRefused(new StatusError(request, 403, refused(FORBIDDEN), {}))).toBe(false);
    expect(saysTokenIsRefused(new TimeoutError(request, 30))).toBe(false);
  });
});

describe("Personio's answers", () => {
  it('may write their counts as text', () => {
    const body = { success: true, data: [], limit: '50', metadata: { total_elements: '34', current_page: 0 } };
    expect(parsed(employeesSchema, body, 'the page')).toMatchObject({ limit: 50, metadata: { total_elements: 34 } });
  });

  it.each([{}, { limit: 'many', metadata: null }, { limit: -1, metadata: { total_elements: 1.5 } }])(
    'may do without counts that make sense (%j)',
    (counts) => {
      const page = parsed(employeesSchema, { success: true, data: [1], ...counts }, 'the page');
      expect(page.data).toEqual([1]);
      expect(page.limit).toBeUndefined();
      expect(page.metadata?.total_elements).toBeUndefined();
    },
  );

  it('may give a token without saying how long it lives', () => {
    const body = { success: true, data: { token: 'papi-1' } };
    expect(parsed(tokenSchema, body, 'the token')).toEqual({ token: 'papi-1', expiresInSeconds: null });
    expect(() => parsed(tokenSchema, { success: true, data: { token: '' } }, 'the token')).toThrow(IncompleteReadError);
  });

  it('may list an attribute that has no key', () => {
    const body = { success: true, data: [{ label: 'Nameless' }, null, { key: 'email', label: 3 }] };
    expect(parsed(attributesSchema, body, 'the catalogue').data).toEqual([{ key: 'email', label: null }]);
  });
});
