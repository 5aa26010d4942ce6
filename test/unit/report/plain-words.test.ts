import { describe, expect, it } from 'vitest';
import { plainly, withoutCommands } from '../../../src/report/plain-words.js';

describe('words for HR', () => {
  it.each([
    ['work_email is empty: enter an e-mail address in HR', 'work email is empty: enter an e-mail address in HR'],
    ['starts on 2026-12-01', 'starts on 1 December 2026'],
    [
      'deactivated on 2026-09-01, at least 90 days ago (deactivation.delete_after)',
      'deactivated on 1 September 2026, at least 90 days ago',
    ],
    ['360 people get no mail (invitations.existing_staff: skip)', '360 people get no mail'],
    ['if they are one person, "hrsync link 7 12"', 'if they are one person, ask whoever runs the import to link it'],
  ])('say %s as HR knows it', (sentence, said) => {
    expect(plainly(sentence)).toBe(said);
  });

  it('leave values alone: addresses, numbers that look like days, words of a customer', () => {
    for (const text of ['job_title@acme.example', 'C-2026-12-01-7', 'dynamic_1234567', 'Team (Sales)', 'x.status_y'])
      expect(plainly(text)).toBe(text);
  });

  it('leave out what only an operator can type', () => {
    expect(withoutCommands('3 changes wait for the next try; "hrsync status" says whose')).toBe(
      '3 changes wait for the next try',
    );
    expect(withoutCommands('repeat it with --allow create=5')).toBe('');
    expect(withoutCommands('kept; safety.max_creates is 3')).toBe('kept');
  });
});
