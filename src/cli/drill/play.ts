import { count } from '../../core/count.js';
import { addDays } from '../../core/day.js';
import { EXIT } from '../../exit.js';
import type { Person } from '../../sandbox/index.js';
import type { DrillFault } from './faults.js';
import type { DrillRun } from './run-watch.js';
import type { DrillStage } from './stage.js';

/** What became of one fault. */
export interface Played {
  readonly fault: DrillFault;
  /** Null where it was not played. */
  readonly run: DrillRun | null;
  /** Whether the night after put everything right, and one more run had nothing to send. */
  readonly healed: boolean;
  readonly verdict: 'as_promised' | 'not_as_promised' | 'left_out';
  /** Why it is not as promised, or why it was left out, as sentences. */
  readonly why: readonly string[];
}

/** Plays one fault: a usual night with it, the night after without it, and one more run of that night. */
export async function playFault(stage: DrillStage, fault: DrillFault, usualExit: number): Promise<Played> {
  const whyNot = notPlayable(stage, fault);
  if (whyNot !== null) return { fault, run: null, healed: false, verdict: 'left_out', why: [whyNot] };
  usualNight(stage, fault.id);
  const undo = happen(stage, fault);
  const run = await withFault(stage, fault);
  undo();
  stage.nextNight();
  await stage.write();
  const heal = await stage.run();
  const quiet = await stage.run();
  const healed = heal.exitCode === usualExit && quiet.exitCode === usualExit && quiet.changes === 0 && quiet.sent === 0;
  const why = [...broken(fault, run, usualExit), ...twice([run, heal, quiet])];
  if (!healed)
    why.push(`the night after ended with ${heal.exitCode} and another run with ${quiet.exitCode}, ${quiet.sent} sent`);
  return { fault, run, healed, verdict: why.length === 0 ? 'as_promised' : 'not_as_promised', why };
}

function notPlayable(stage: DrillStage, { hr, file, kills }: DrillFault): string | null {
  if (hr !== undefined && stage.hr === null && file === undefined) return 'this cannot happen to a file';
  if (kills && !stage.canKill) return 'this program cannot be started a second time from here';
  return null;
}

/** What is not as promised of the run with the fault. */
function broken(fault: DrillFault, run: DrillRun, usualExit: number): string[] {
  const expected = fault.expected.map((code) => (code === EXIT.done ? usualExit : code));
  const most = fault.endings === 'leaver' ? 1 : 0;
  const moved = fault.company === 'new_addresses' ? 1 : Infinity;
  // What the config keeps from happening altogether need not be refused.
  const harmless = fault.company !== undefined && run.exitCode === usualExit;
  return [
    ...(expected.includes(run.exitCode) || harmless
      ? []
      : [
          `it ended with ${run.exitCode}${run.error === null ? '' : ` (${run.error})`}, and ${expected.join(' or ')} was promised`,
        ]),
    ...(run.endings > most ? [`${count(run.endings, 'account')} ended, and at most ${most} should`] : []),
    ...(run.moved > moved ? [`${count(run.moved, 'account')} got another e-mail address`] : []),
    ...(fault.hr !== undefined && run.sent > 0 ? [`${count(run.sent, 'write')} went to the LMS`] : []),
  ];
}

function twice(runs: readonly DrillRun[]): string[] {
  const repeated = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
  const made = repeated(runs.flatMap((run) => run.made));
  const mailed = repeated(runs.flatMap((run) => run.mailed));
  return [
    ...(made.length > 0 ? [`made twice: #${made.join(', #')}`] : []),
    ...(mailed.length > 0 ? [`invited twice: #${mailed.join(', #')}`] : []),
  ];
}

async function withFault(stage: DrillStage, fault: DrillFault): Promise<DrillRun> {
  const { hr, lms } = stage;
  await stage.write(SHAPES[hr === null ? (fault.file ?? 'whole') : 'whole']);
  if (hr === null && fault.file === 'missing') await stage.loseFile();
  for (const order of fault.hr ?? []) hr?.faults.add({ fault: order, times: fault.times ?? null });
  for (const order of fault.lms ?? []) {
    const aims = fault.hits === 'writes' ? WRITES.map((method) => ({ method, path: NO_TOKEN })) : [{}];
    for (const match of aims) lms.faults.add({ fault: order, match, times: fault.times ?? null });
  }
  try {
    return fault.kills ? await stage.runAndKill() : await stage.run();
  } finally {
    hr?.faults.clear();
    lms.faults.clear();
  }
}

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];
const NO_TOKEN = '^(?!.*token)';

const SHAPES: Readonly<Record<'whole' | NonNullable<DrillFault['file']>, (text: string) => string>> = {
  whole: (text) => text,
  missing: (text) => text,
  half: (text) => {
    const lines = text.split('\r\n');
    return `${lines.slice(0, Math.ceil(lines.length / 2)).join('\r\n')}\r\n`;
  },
  empty: (text) => `${text.split('\r\n')[0] ?? ''}\r\n`,
  // In the middle of a row, with its quotes open.
  torn: (text) => text.slice(0, Math.floor(text.length * 0.6)).replace(/[^"]*$/, ''),
};

/** Somebody joins, somebody is promoted, somebody has left; `word` tells the nights apart. */
function usualNight(stage: DrillStage, word: string): void {
  const { sandbox, today } = stage;
  const [promoted, leaver] = plainPeople(stage);
  if (promoted === undefined || leaver === undefined) return;
  const email = `${word.replaceAll('_', '.')}@acme.example`;
  const name = word.replace(
    /(^|_)(\w)/g,
    (_, space: string, letter: string) => `${space && ' '}${letter.toUpperCase()}`,
  );
  sandbox.hr.apply({ kind: 'hire', firstName: 'Nora', lastName: name, email, on: today });
  sandbox.hr.apply({ kind: 'promote', person: promoted.id, to: `Head of ${name}` });
  sandbox.hr.apply({ kind: 'terminate', person: leaver.id, on: addDays(today, -1) });
}

/** Lets what belongs to a fault happen in HR, and gives what takes it back. */
function happen(stage: DrillStage, { company }: DrillFault): () => void {
  const { hr } = stage.sandbox;
  const people = plainPeople(stage);
  if (company === 'all_inactive') {
    for (const { id } of people) hr.apply({ kind: 'terminate', person: id, on: addDays(stage.today, -1) });
    return () => {
      for (const { id } of people) hr.apply({ kind: 'withdraw_termination', person: id });
    };
  }
  if (company === 'new_addresses') {
    const before = people.map(({ id, email }) => ({ id, email }));
    for (const { id, email } of before)
      hr.apply({ kind: 'change_email', person: id, to: email?.replace(/@.*$/, '@moved.example') ?? null });
    return () => {
      for (const { id, email } of before) hr.apply({ kind: 'change_email', person: id, to: email });
    };
  }
  return () => undefined;
}

// At work, with an address, and nobody below them.
function plainPeople({ sandbox: { company } }: DrillStage): readonly Person[] {
  const managers = new Set(company.people.map(({ supervisorId }) => supervisorId));
  return company.people.filter(
    ({ id, status, email, terminationDate, formerId }) =>
      status === 'active' &&
      email?.endsWith('@acme.example') &&
      terminationDate === null &&
      formerId === undefined &&
      !managers.has(id),
  );
}
