import { InvalidArgumentError } from '@commander-js/extra-typings';
import { CHANGE_KINDS } from '../core/change.js';
import { FURTHER_LIMITS, type LimitedKind } from '../core/safety.js';

/** The kinds that `--allow` takes. */
export const ALLOWED_KINDS: readonly string[] = [...CHANGE_KINDS, ...FURTHER_LIMITS];

/** Gathers a repeatable person: an employee id or an e-mail address. */
export function personList(person: string, before: string[]): string[] {
  if (person.trim() === '') throw new InvalidArgumentError('Name a person by employee id or e-mail address.');
  return [...before, person.trim()];
}

/** Gathers `KIND=N`. */
export function allowance(
  text: string,
  before: Partial<Record<LimitedKind, number>>,
): Partial<Record<LimitedKind, number>> {
  const [, kind, count] = /^([a-z_]+)=(\d+)$/.exec(text) ?? [];
  if (kind === undefined || !ALLOWED_KINDS.includes(kind)) {
    throw new InvalidArgumentError(`Write KIND=N, such as deactivate=31; kinds are ${ALLOWED_KINDS.join(', ')}.`);
  }
  return { ...before, [kind]: Number(count) };
}

/** Reads the one allowance of a rekey, `unpaired=N`. */
export function unpairedAllowance(text: string): number {
  const [, count] = /^unpaired=(\d+)$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('Write unpaired=N, such as unpaired=280.');
  return Number(count);
}

/** Gathers `KEY=VALUE` of a setting, such as `source.client_id=${ID}`. */
export function setting(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, key, value] = /^((?:source|target)\.\w+)=(.+)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new InvalidArgumentError('Write KEY=VALUE, such as target.base_url=https://acme.example.');
  }
  return { ...before, [key]: value };
}

/** Gathers `KEY=VALUE`. */
export function assignment(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, key, value] = /^(\w+)=(.+)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('Write KEY=VALUE, such as status=429.');
  return { ...before, [key]: value };
}

/** Reads a positive number of minutes. */
export function minutes(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Write a number of minutes, such as 30.');
  return value;
}

/** Reads a whole number from 0 to ten million. */
export function size(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 10_000_000)
    throw new InvalidArgumentError('Write a whole number.');
  return value;
}

/** Reads the number of a run. */
export function runNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('Write the number of a run, such as 17.');
  return value;
}

/** Reads a port number. */
export function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_533)
    throw new InvalidArgumentError('Write a port from 1 to 65533.');
  return value;
}
