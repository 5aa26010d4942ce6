import { describe, expect, it } from 'vitest';
import { CredentialsError } from '../../../../src/errors.js';
import { StatusError } from '../../../../src/http/errors.js';
import { CauseWatch } from '../../../../src/sync/apply/cause-watch.js';
import { RejectedError } from '../../../../src/targets/kit/rejected.js';

const FACTS = { system: 'Learn Amp', method: 'POST', url: 'http://127.0.0.1/v1/users', attempts: 1 } as const;
const status = (code: number) => new StatusError(FACTS, code, null, {});

/** How many of these failures it takes until they are about everybody; null: more than there are. */
function stopsAfter(errors: readonly Parameters<CauseWatch['failed']>[0][]): number | null {
  const watch = new CauseWatch();
  const place = errors.findIndex((error) => watch.failed(error));
  return place < 0 ? null : place + 1;
}

describe('failures of one cause in a row', () => {
  it('are about everybody at the tenth, and not at the ninth', () => {
    expect(stopsAfter(Array.from({ length: 9 }, () => status(500)))).toBeNull();
    expect(stopsAfter(Array.from({ length: 11 }, () => status(500)))).toBe(10);
  });

  it('begin anew after another cause, and after a success', () => {
    const nine = Array.from({ length: 9 }, () => status(500));
    expect(stopsAfter([...nine, status(502), ...nine])).toBeNull();
    const watch = new CauseWatch();
    for (const error of nine) expect(watch.failed(error)).toBe(false);
    watch.succeeded();
    for (const error of nine) expect(watch.failed(error)).toBe(false);
    expect(watch.failed(status(500))).toBe(true);
  });

  it('are never about everybody where each is about one person', () => {
    expect(stopsAfter(Array.from({ length: 50 }, () => new RejectedError('email_taken', 'taken')))).toBeNull();
  });

  it('are about everybody at once where the credentials are refused', () => {
    expect(stopsAfter([new CredentialsError('Learn Amp', 'refused')])).toBe(1);
  });
});
