import { type Filter, type Literal, OPERATORS, type Operator } from './filter.js';

/** A text that is no filter. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
}

const TOKEN = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;

const ATTRIBUTE = /^(?:urn:[^\s"]+:)?\$?[a-z][\w-]*(?:\.\$?[a-z][\w-]*)?$/i;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * Reads a filter by the grammar of RFC 7644, section 3.4.2.2; `not` binds closer than `and`, and `and` closer than `or`.
 *
 * @throws FilterSyntaxError
 */
export function parseFilter(text: string): Filter {
  return new Parser(tokensOf(text)).whole();
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const rest = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rest.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(rest);
    if (match === null) throw new FilterSyntaxError(`Unexpected text at ${at}: ${rest.slice(at, at + 20)}`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  whole(): Filter {
    const filter = this.#alternatives();
    if (this.at < this.tokens.length) throw new FilterSyntaxError(`Unexpected ${this.tokens[this.at]}`);
    return filter;
  }

  #alternatives(): Filter {
    let filter = this.#conjunction();
    while (this.#takes('or')) filter = { kind: 'or', left: filter, right: this.#conjunction() };
    return filter;
  }

  #conjunction(): Filter {
    let filter = this.#term();
    while (this.#takes('and')) filter = { kind: 'and', left: filter, right: this.#term() };
    return filter;
  }

  #term(): Filter {
    if (this.#isNegation()) {
      this.at += 1;
      return { kind: 'not', filter: this.#group() };
    }
    return this.tokens[this.at] === '(' ? this.#group() : this.#expression();
  }

  #isNegation(): boolean {
    return this.tokens[this.at]?.toLowerCase() === 'not' && this.tokens[this.at + 1] === '(';
  }

  #group(): Filter {
    this.#expect('(');
    const filter = this.#alternatives();
    this.#expect(')');
    return filter;
  }

  #expression(): Filter {
    const path = this.#next();
    if (!ATTRIBUTE.test(path)) throw new FilterSyntaxError(`${path} is not an attribute`);
    if (this.#takes('[')) {
      const filter = this.#alternatives();
      this.#expect(']');
      return { kind: 'value_path', path, filter };
    }
    const operator = this.#next().toLowerCase();
    if (operator === 'pr') return { kind: 'present', path };
    if (!isOperator(operator)) throw new FilterSyntaxError(`${operator} is not an operator`);
    return { kind: 'compare', path, operator, value: literal(this.#next()) };
  }

  #takes(token: string): boolean {
    const fits = this.tokens[this.at]?.toLowerCase() === token;
    if (fits) this.at += 1;
    return fits;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw new FilterSyntaxError(`Expected ${token}`);
  }

  #next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw new FilterSyntaxError('The filter ends too early');
    this.at += 1;
    return token;
  }
}

function isOperator(text: string): text is Operator {
  return OPERATORS.some((one) => one === text);
}

/** A value, written as JSON: texts in quotes. */
function literal(token: string): Literal {
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  if (NUMBER.test(token)) return Number(token);
  if (!token.startsWith('"')) throw new FilterSyntaxError(`${token} is not a JSON value: texts stand in quotes`);
  try {
    return String(JSON.parse(token));
  } catch {
    throw new FilterSyntaxError(`${token} is not a JSON text`);
  }
}
