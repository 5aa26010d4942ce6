import { describe, expect, it } from 'vitest';
import { NotReadyError, PermissionError } from '../../../../src/errors.js';
import { StatusError } from '../../../../src/http/errors.js';
import { sourceFields } from '../../../../src/sources/kombo/catalogue.js';
import type { KomboClient } from '../../../../src/sources/kombo/client.js';
import { troubleWith } from '../../../../src/sources/kombo/readiness.js';
import { type Integration, integrationSchema } from '../../../../src/sources/kombo/schema.js';
import { askOffer, type Offer, supplyOf } from '../../../../src/sources/kombo/supply.js';

const FINE = { is_available: true, coverage_status: 'SUPPORTED', scope_config_setting: 'ENABLED' };

function integration(changes: Readonly<Record<string, unknown>> = {}): Integration {
  const data = { tool: { id: 'workday', label: 'Workday' }, category: 'HRIS', status: 'ACTIVE' };
  const body = { status: 'success', data: { ...data, setup_status: 'COMPLETED', data_expired_at: null, ...changes } };
  return integrationSchema.parse(body).data;
}

function offer(fields: readonly object[], model: object = FINE, more: Partial<Offer> = {}): Offer {
  const read_models = [{ id: 'hris_employees', ...model, fields }];
  return { integration: integration({ read_models }), customFields: [], integrationFields: [], ...more };
}

describe('an integration', () => {
  it('is fine while it is active, set up and up to date', () => {
    expect(troubleWith(integration())).toBeNull();
    expect(troubleWith(integration({ category: null, tool: { id: 'workday' } }))).toBeNull();
  });

  it.each([
    [{ status: 'INVALID' }, NotReadyError, 8],
    [{ status: 'INACTIVE' }, NotReadyError, 6],
    [{ status: 'SOMETHING_NEW' }, NotReadyError, 6],
    [{ setup_status: 'INCOMPLETE' }, NotReadyError, 6],
    [{ data_expired_at: '2026-11-20T10:00:00.000Z' }, NotReadyError, 6],
    [{ category: 'LMS' }, PermissionError, 8],
  ])('is not to be read with %j', (changes, kind, exitCode) => {
    expect(troubleWith(integration(changes))).toBeInstanceOf(kind);
    expect(troubleWith(integration(changes))).toMatchObject({ exitCode });
  });
});

describe('a field', () => {
  it.each([
    [{}, { state: 'supplied' }],
    [{ scope_config_setting: 'OPTIONAL' }, { state: 'supplied' }],
    [{ is_available: null }, { state: 'unknown' }],
    [{ coverage_status: 'UNKNOWN' }, { state: 'unknown' }],
    [{ is_available: false }, { state: 'withheld', because: 'unavailable' }],
    [
      { coverage_status: 'UNSUPPORTED', is_available: false },
      { state: 'withheld', because: 'unsupported' },
    ],
    [{ coverage_status: 'NOT_IMPLEMENTED' }, { state: 'withheld', because: 'unsupported' }],
    [{ scope_config_setting: 'DISABLED' }, { state: 'withheld', because: 'disabled' }],
    [{ opted_out_by_customer: true }, { state: 'withheld', because: 'opted_out' }],
  ])('of which Kombo says %j is %j, as it is where Kombo says so of the model', (said, supply) => {
    const field = { id: 'job_title', ...FINE };
    expect(supplyOf('job_title', offer([{ ...field, ...said }]))).toMatchObject({ ...supply, key: 'job_title' });
    expect(supplyOf('job_title', offer([field], { ...FINE, ...said }))).toMatchObject(
      supply.state === 'unknown' ? { state: 'supplied' } : supply,
    );
  });

  it('that Kombo does not list is not known', () => {
    expect(supplyOf('job_title', offer([])).state).toBe('unknown');
    expect(supplyOf('department', offer([])).state).toBe('unknown');
    expect(supplyOf('job_title', offer([{ id: 'hris_employees.job_title', ...FINE }])).state).toBe('supplied');
  });

  it('may be come by in two ways', () => {
    const names = [
      { id: 'first_name', ...FINE },
      { id: 'last_name', ...FINE },
    ];
    const shown = { id: 'display_full_name', ...FINE, coverage_status: 'UNSUPPORTED' };
    expect(supplyOf('display_name', offer([...names, shown])).state).toBe('supplied');
    expect(supplyOf('display_name', offer([shown, { ...names[0], is_available: false }]))).toMatchObject({
      state: 'withheld',
      key: 'display_full_name',
    });
  });

  it.each([
    ['badge', { state: 'supplied' }],
    ['language', { state: 'withheld', because: 'unmapped' }],
    ['raw', { state: 'supplied' }],
    ['closed', { state: 'withheld', because: 'not_passed_through' }],
    ['elsewhere', { state: 'withheld', because: 'unknown_key' }],
    ['nowhere', { state: 'withheld', because: 'unknown_key' }],
    ['preferred_name', { state: 'withheld', because: 'not_in_kombo' }],
  ])('of the customer’s own, %s, is %j', (field, supply) => {
    expect(supplyOf(field, offer([], FINE, OWN))).toMatchObject(supply);
  });

  it('is offered once, and only where it comes', () => {
    const fields = sourceFields(offer([{ id: 'job_title', ...FINE, is_available: false }], FINE, OWN));
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['id', 'first_name', 'badge', 'raw']));
    for (const name of ['job_title', 'language', 'closed', 'elsewhere']) expect(names).not.toContain(name);
    expect(fields).toContainEqual({ name: 'badge', label: 'Badge number', type: 'unknown' });
    expect(fields).toContainEqual({ name: 'start_date', label: 'Start date', type: 'date' });
    expect(fields).toContainEqual({ name: 'manager', label: 'Manager', type: 'employee' });
  });
});

describe('what Kombo offers', () => {
  const client = (refusal: unknown) =>
    ({
      integration: async () => integration(),
      customFields: async () => OWN.customFields ?? [],
      integrationFields: () => Promise.reject(refusal),
    }) as unknown as KomboClient;
  const refused = (status: number) =>
    new StatusError({ system: 'Kombo', method: 'GET', url: 'https://x', attempts: 1 }, status, null, {});

  it('is known by custom fields alone where there is no list of integration fields', async () => {
    const known = await askOffer(client(refused(404)), ['badge']);
    expect([supplyOf('badge', known).state, supplyOf('raw', known).state]).toEqual(['supplied', 'withheld']);
  });

  it('is not known where that list fails in another way', async () => {
    await expect(askOffer(client(refused(500)), ['badge'])).rejects.toBeInstanceOf(StatusError);
  });
});

const custom = { label: 'Badge number', model: 'hris_employees' };
const OWN: Partial<Offer> = {
  customFields: [
    { ...custom, key: 'badge', integration_field: { key: 'raw' } },
    { ...custom, key: 'language', integration_field: null },
    { ...custom, key: 'elsewhere', model: 'hris_employments', integration_field: { key: 'x' } },
    { ...custom, key: 'start_date', integration_field: { key: 'x' } },
  ],
  integrationFields: [
    { ...custom, key: 'raw', is_passthrough_enabled: true },
    { ...custom, key: 'closed', is_passthrough_enabled: false },
    { ...custom, key: 'badge', is_passthrough_enabled: true },
  ],
};
