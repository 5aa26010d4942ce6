import type { EmployeesPage, PersonioClient } from '../../../../src/sources/personio/client.js';
import type { Attribute } from '../../../../src/sources/personio/schema.js';

/** One line of the attribute catalogue. */
export function attribute(key: string, type = 'standard'): Attribute {
  return { key, label: `Label of ${key}`, type };
}

/** Answers in memory as the API would; a catalogue or page that is an error is thrown. */
export function clientOf(
  page: (offset: number) => EmployeesPage | Error,
  catalogue: readonly Attribute[] | Error = [attribute('email')],
): PersonioClient & { readonly offsets: readonly number[] } {
  const offsets: number[] = [];
  return {
    offsets,
    clockSkew: () => null,
    async employees(offset) {
      offsets.push(offset);
      return answer(page(offset));
    },
    async employee() {
      return null;
    },
    async attributes() {
      return answer(catalogue);
    },
  };
}

function answer<Body>(body: Body | Error): Body {
  if (body instanceof Error) throw body;
  return body;
}
