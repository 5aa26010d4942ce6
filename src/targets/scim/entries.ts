import { caseless } from '../../core/caseless.js';
import { asResource, entriesOf, type Resource } from './path.js';

const WORK = 'work';

/** The text of an entry of a multi-valued attribute: its `value`, or itself where a server sends bare texts. */
export function entryText(entry: unknown): string | null {
  const value = asResource(entry)?.['value'] ?? entry;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/**
 * The entry of e-mail addresses or phone numbers that is ours: the one for work, else one without a type. Some servers drop
 * the types of what they are sent: https://zitadel.com/docs/guides/manage/user/scim2
 */
export function workEntry(value: unknown): unknown {
  const entries = entriesOf(value);
  const untyped = entries.filter((entry) => asResource(entry)?.['type'] === undefined);
  return preferred(entries.filter(isWork)) ?? preferred(untyped);
}

/** The entry that stands for the account: ours, else the primary one, else the first. */
export function chiefEntry(value: unknown): unknown {
  return workEntry(value) ?? preferred(entriesOf(value));
}

/** The whole list with another work entry, the others as they are; undefined when nothing is left in it. */
export function withWorkEntry(value: unknown, text: string | null): readonly Resource[] | undefined {
  const ours = workEntry(value);
  const others = entriesOf(value).filter((entry) => entry !== ours && !isWork(entry) && entryText(entry) !== text);
  const kept = others.map((entry) => {
    const { primary: _, ...rest } = asResource(entry) ?? { value: entry };
    return rest;
  });
  const list = text === null ? kept : [{ value: text, type: WORK, primary: true }, ...kept];
  return list.length === 0 ? undefined : list;
}

function preferred(entries: readonly unknown[]): unknown {
  return entries.find((entry) => caseless(String(asResource(entry)?.['primary'])) === 'true') ?? entries[0];
}

function isWork(entry: unknown): boolean {
  return caseless(String(asResource(entry)?.['type'])) === WORK;
}
