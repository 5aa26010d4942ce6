import { describe, expect, it } from 'vitest';
import { type MailedRun, ToldCauses } from '../../src/cli/observe/told-causes.js';

/** A run of a server that ended so many hours after the server started. */
function run(
  hours: number,
  { command = 'sync', exitCode = 1, error = 'NetworkError' as string | null } = {},
): MailedRun {
  const finishedAt = new Date(Date.parse('2026-12-01T00:00:00Z') + hours * 3_600_000);
  const counts = { run: 1, employees: null, inScope: null, summary: null, endingsOverdue: null };
  const told = { connector: 'acme', whole: false, alarm: null, startedAt: finishedAt };
  return { outcome: { ...counts, ...told, command, exitCode, error, finishedAt }, facts: null, error, overdue: [] };
}

const OK = { exitCode: 0, error: null };

describe('mails of a server', () => {
  it('tell a cause once, whichever command meets it', () => {
    const told = new ToldCauses();
    expect(told.isNews(run(0))).toBe(true);
    expect(told.isNews(run(1))).toBe(false);
    expect(told.isNews(run(2, { command: 'webhook' }))).toBe(false);
  });

  it('tell another cause', () => {
    const told = new ToldCauses();
    told.isNews(run(0));
    expect(told.isNews(run(1, { exitCode: 8, error: 'CredentialsError' }))).toBe(true);
  });

  it('tell a cause again once every command that met it has succeeded since', () => {
    const told = new ToldCauses();
    told.isNews(run(0));
    told.isNews(run(1, { command: 'webhook' }));
    expect(told.isNews(run(2, OK))).toBe(true);
    expect(told.isNews(run(3))).toBe(false);
    told.isNews(run(4, OK));
    told.isNews(run(4, { ...OK, command: 'webhook' }));
    expect(told.isNews(run(5))).toBe(true);
  });

  it('tell a cause again that lasts into the next day', () => {
    const told = new ToldCauses();
    told.isNews(run(0));
    expect(told.isNews(run(19))).toBe(false);
    expect(told.isNews(run(24))).toBe(true);
  });

  it('tell an account that stays open although its ending is due, once for the same people', () => {
    const told = new ToldCauses();
    const overdue = (id: string, hours: number) => ({
      ...run(hours, OK),
      overdue: [{ employee: { id, email: null, name: null }, since: '2026-11-30', because: 'left', why: null }],
    });
    expect(told.isNews(overdue('1', 0))).toBe(true);
    expect(told.isNews(overdue('1', 1))).toBe(false);
    expect(told.isNews(overdue('2', 2))).toBe(true);
  });
});
