import { describe, expect, it } from 'vitest';
import { Progress } from '../../../src/report/progress.js';
import { ProgressText } from '../../../src/report/progress-text.js';

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
    const progress = new Progress(stream, false);
    progress.show('reading Personio');
    progress.clear();
    expect(written.join('')).toContain('reading Personio');
  });

  it('keeps still on a terminal that tells no width, where it would clear lines without end', () => {
    const { stream, written } = terminal(0);
    const progress = new Progress(stream, false);
    progress.show('reading Personio');
    progress.clear();
    expect(written).toEqual([]);
  });
});

describe('the text beside it', () => {
  const begun = (partial: object = {}, width = 80, now = () => new Date(0)) => {
    const text = new ProgressText(now, width);
    text.begin({ connector: 'acme', source: { type: 'personio', title: 'Personio' }, dryRun: false, ...partial });
    return text;
  };

  it('tells phase, done, total and failures, with a bar', () => {
    const text = begun();
    expect(text.reading('Personio', { employees: 206, total: 412 })).toBe(
      '1/3 reading Personio ██████████░░░░░░░░░░ 206 of 412',
    );
    expect(text.matching('Learn Amp', 18_000)).toBe('2/3 looking through accounts in Learn Amp 18,000');
    expect(text.applying({ done: 1_200, failed: 2, total: 12_000 })).toBe(
      '3/3 applying ██░░░░░░░░░░░░░░░░░░ 1,200 of 12,000, 2 failed',
    );
  });

  it('counts the phases of a dry run and of a reversal', () => {
    expect(begun({ dryRun: true }).reading('Personio', { employees: 1, total: null })).toBe('1/2 reading Personio 1');
    expect(begun({ reverts: 7 }).applying({ done: 1, failed: 0, total: 2 })).toMatch(/^1\/1 applying/);
  });

  it('tells when the changes end, and draws no bar where there is no room', () => {
    let second = 0;
    const text = begun({}, 60, () => new Date(second * 1_000));
    for (; second < 10; second += 5) text.applying({ done: second * 2, failed: 0, total: 120 });
    expect(text.applying({ done: 20, failed: 0, total: 120 })).toBe('3/3 applying 20 of 120, about 50 s left');
  });

  it('fits the line', () => {
    expect(begun({}, 30).reading('A very long name of an HR system', { employees: 1, total: 2 })).toHaveLength(26);
  });
});
