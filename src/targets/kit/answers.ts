import type * as z from 'zod';
import type { HttpAnswer, HttpRequest } from '../../http/client.js';
import { AnswerError } from '../../http/errors.js';

/** Bodies of one system's answers, held to what the system promises. */
export interface Answers {
  /** The body of an answer by its schema. */
  parsed<Body>(schema: z.ZodType<Body>, request: HttpRequest, answer: HttpAnswer): Body;
  /** The error for an answer whose body or headers are not what the API promises. */
  unreadable(request: HttpRequest, answer: HttpAnswer, problem: string): AnswerError;
}

/** How messages call a system, where its API is, and whose shape its bodies have. */
interface Promised {
  readonly title: string;
  readonly baseUrl: string;
  /** Ends "a body of another shape than …". */
  readonly shape?: string;
}

/** Reads the bodies of one system. */
export function createAnswers({ title, baseUrl, shape = 'the documented one' }: Promised): Answers {
  const unreadable: Answers['unreadable'] = ({ method, path }, { status }, problem) => {
    const url = URL.canParse(path) ? withoutQuery(path) : `${baseUrl}${path}`;
    return new AnswerError({ system: title, method, url, attempts: 1 }, status, problem);
  };
  return {
    unreadable,
    parsed(schema, request, answer) {
      const result = schema.safeParse(answer.body);
      if (result.success) return result.data;
      throw unreadable(request, answer, `a body of another shape than ${shape}`);
    },
  };
}

// The address of a token server or of a next page; the filters of a page may name people.
function withoutQuery(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
