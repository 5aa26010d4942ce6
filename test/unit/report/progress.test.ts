import { describe, expect, it } from 'vitest';
import { Progress } from '../../../src/report/progress.js';

/** A terminal of so many columns, and what was written to it. */
function terminal(columns: number) {
  const written: string[] = [];
  const nothing = () => true;
  const stream = {
    ...{ isTTY: true, columns, rows: 24, cursorTo: nothing, clearLine: nothing, moveCursor: nothing },
    ...{ on: nothing, once: nothing, off: nothing, removeListener: nothing },
    write: (text: string) => void written.push(text),
  };
  return { stream, written };
}

describe('the spinner', () => {
  it('shows where a run is on a terminal', () => {
    const { stream, written } = terminal(80);
    const progress = new Progress(stream, false, () => new Date());
    progress.show('reading Personio');
    progress.clear();
    expect(written.join('')).toContain('reading Personio');
  });

  it('keeps still on a terminal that tells no width, where it would clear lines without end', () => {
    const { stream, written } = terminal(0);
    const progress = new Progress(stream, false, () => new Date());
    progress.show('reading Personio');
    progress.clear();
    expect(written).toEqual([]);
  });
});
