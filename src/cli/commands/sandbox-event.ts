import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { columns, renderTable } from '../../report/table.js';
import { HAPPENINGS, type Happened, type Wish } from '../../sandbox/index.js';
import type { CommandBody } from '../process.js';
import { askControl, findSandbox } from '../sandbox/running.js';

interface EventFlags extends Pick<Wish, 'to' | 'on' | 'name' | 'department'> {
  readonly control?: string | undefined;
}

/** Lets something happen in the HR system of a running sandbox; without a kind it lists what can happen. */
export function sandboxEvent(
  kind: string | undefined,
  person: string | undefined,
  { control, ...details }: EventFlags,
): CommandBody {
  return async (world) => {
    if (kind === undefined) {
      const table = renderTable(columns('kind', 'what happens'), Object.entries(HAPPENINGS), world.width);
      const text = `${table}\nPERSON is a number, an e-mail address or a whole name; without one the sandbox chooses.\nExample: hrsync sandbox event leave\n`;
      world.print({ text, json: { format: 1, kinds: HAPPENINGS } });
      return EXIT.done;
    }
    const url = await findSandbox(world.host, control);
    const wish = kind === 'hire' && person !== undefined ? { name: person } : { person };
    const answer = await askControl(`${url}/company/happenings`, 'POST', { kind, ...wish, ...details });
    if (!isHappened(answer)) throw new UsageError(`${url} answers as no sandbox of this version does`);
    const text = `${answer.told}\nThe next "hrsync import-all --dry-run" should show:\n  ${answer.next}\n`;
    world.print({ text, json: { format: 1, ...answer } });
    return EXIT.done;
  };
}

/** Moves the calendar of a running sandbox on: by one day, by a number of days, or to a day. */
export function sandboxDay(to: string | undefined, { control }: Pick<EventFlags, 'control'>): CommandBody {
  return async (world) => {
    const url = await findSandbox(world.host, control);
    const overview = await askControl(url, 'GET');
    const today = dayIn(overview);
    const day = to !== undefined && /-/.test(to) ? to : after(today, Number(to ?? 1));
    await askControl(`${url}/company/day`, 'POST', { day });
    const text = `It is ${day} in HR. hrsync goes by the clock of this machine: "--as-of ${day}" plans as if it were that day.\n`;
    world.print({ text, json: { format: 1, today: day } });
    return EXIT.done;
  };
}

function isHappened(answer: unknown): answer is Happened {
  return typeof answer === 'object' && answer !== null && 'told' in answer && 'next' in answer;
}

function dayIn(overview: unknown): string {
  const company: unknown =
    typeof overview === 'object' && overview !== null && 'company' in overview ? overview.company : null;
  return typeof company === 'object' && company !== null && 'today' in company ? String(company.today) : '';
}

function after(day: string, count: number): string {
  const at = Date.parse(day) + count * 86_400_000;
  if (!Number.isInteger(count) || Number.isNaN(at))
    throw new UsageError('write a number of days, or a day such as 2026-12-24');
  return new Date(at).toISOString().slice(0, 10);
}
