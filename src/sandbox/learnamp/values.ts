import type { Body } from './body.js';

/** Absent, null, or a text of spaces at most. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A field as text; null becomes the empty text. */
export function textIn(body: Body, field: string): string {
  const value = body[field];
  return value === undefined || value === null ? '' : String(value).trim();
}

/** A field as a list: of a list its members that are not blank, of a single value that one. */
export function listIn(body: Body, field: string): readonly unknown[] {
  const value = body[field];
  return (Array.isArray(value) ? value : [value]).filter((one: unknown) => !isBlank(one));
}

/** Forms send truth as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1;
}
