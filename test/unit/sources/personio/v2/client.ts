import type { PersonsClient } from '../../../../../src/sources/personio/v2/client.js';

/** Answers in memory as the API would; what is an error is thrown, and nobody is there unless said otherwise. */
export function clientOf(
  answers: {
    readonly pages?: readonly (readonly unknown[])[];
    readonly employments?: (person: string) => readonly unknown[] | Error;
    readonly units?: (kind: string) => readonly unknown[] | Error;
    readonly unit?: (kind: string, id: string) => unknown;
  } = {},
): PersonsClient & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    asked,
    clockSkew: () => null,
    async *persons() {
      asked.push('persons');
      yield* answers.pages ?? [];
    },
    async person(id) {
      asked.push(`person ${id}`);
      return { id };
    },
    async employments(person) {
      asked.push(`employments ${person}`);
      return given(answers.employments?.(person) ?? []);
    },
    async units(kind) {
      asked.push(kind);
      return given(answers.units?.(kind) ?? []);
    },
    async unit(kind, id) {
      asked.push(`${kind} ${id}`);
      return given(answers.unit?.(kind, id) ?? null);
    },
  };
}

function given<Body>(body: Body | Error): Body {
  if (body instanceof Error) throw body;
  return body;
}
