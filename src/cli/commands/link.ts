import type { Account, Snapshot } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { type Employee, isAmong, referenceTo, textOf } from '../../core/employee.js';
import { UnknownPersonError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { renderLink } from '../../report/link-text.js';
import type { RunContext } from '../../sync/context.js';
import { linkByHand, unlinkByHand } from '../../sync/link.js';
import { importOf } from '../../sync/run-kind.js';
import { confirmed } from '../confirm.js';
import { findSnapshot } from '../find-person.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { type SessionOptions, withSession } from '../session.js';
import { refuseUncertain } from '../uncertain.js';

interface LinkFlags {
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

/** Links an employee to an account after both sides were shown and a person agreed; writes the state only. */
export function link(person: string, account: string, flags: LinkFlags): CommandBody {
  return (world) =>
    withSession(world, optionsFor('link', flags), async (context) => {
      const employee = await employeeInHr(context, person.trim());
      const held = await accountInLms(context, employee, account.trim());
      const [present] = await context.store.snapshotsOf([employee.id]);
      await refuseTaken(context, employee, held, present);
      const last = await lastChangeOf(context, employee.id, held.id);
      const reference = referenceTo(employee);
      const jobTitle = textOf(employee, 'job_title');
      const sides = renderLink({ employee: { ...reference, jobTitle }, account: held, last }, world);
      const isLinked = present !== undefined && present.accountId === held.id && present.linkedByHand;
      const outcome = isLinked ? 'nothing' : await agreed(world, flags, sides, 'Link them?');
      const run = outcome === 'done' ? await linkByHand(context, employee, held) : null;
      report(
        world,
        { sides, outcome, verb: 'link', flags },
        {
          ...{ format: 1, dry_run: flags.dryRun === true, linked: outcome === 'done', run },
          employee: { ...reference, job_title: jobTitle },
          account: {
            ...{ id: held.id, name: nameOf(held), email: held.email, state: held.state },
            ...{ role: held.rights?.role ?? null, privileged: held.rights?.privileged ?? null, last_change: last },
          },
        },
      );
      return EXIT.done;
    });
}

/** Ends the link of an employee; the account stays as it is, and the next import looks for one again. */
export function unlink(person: string, flags: LinkFlags): CommandBody {
  return (world) =>
    withSession(world, optionsFor('unlink', flags), async (context) => {
      const snapshot = await findSnapshot(context.store, person.trim());
      if (snapshot === null || snapshot.state === 'deleted')
        throw new UnknownPersonError(person, 'the links of the state');
      await refuseUncertain(context.store, snapshot.employeeId);
      const { employeeId, accountId, email, name } = snapshot;
      const text = `#${employeeId} ${name ?? ''} is linked to account ${accountId}.\nThe account stays as it is. The next import-all looks for an account again and finds this one by employee id or e-mail, unless you correct those first.\n`;
      const outcome = await agreed(world, flags, text, 'End the link?');
      const run = outcome === 'done' ? await unlinkByHand(context, snapshot) : null;
      report(
        world,
        { sides: text, outcome, verb: 'unlink', flags },
        {
          ...{ format: 1, dry_run: flags.dryRun === true, unlinked: outcome === 'done', run },
          ...{ employee: { id: employeeId, email, name }, account: { id: accountId } },
        },
      );
      return EXIT.done;
    });
}

type Outcome = 'done' | 'would' | 'nothing';

async function agreed(world: CommandWorld, flags: LinkFlags, text: string, question: string): Promise<Outcome> {
  if (flags.dryRun) return 'would';
  return (await confirmed(world, flags.yes === true, text, question)) ? 'done' : 'nothing';
}

function report(
  world: CommandWorld,
  { sides, outcome, verb, flags }: { sides: string; outcome: Outcome; verb: string; flags: LinkFlags },
  json: object,
): void {
  const ends: Readonly<Record<Outcome, string>> = {
    done: `Done: ${verb}ed. The LMS was told nothing; "hrsync import-all --dry-run" shows what the next run does.`,
    would: `A dry run: nothing was written. Without --dry-run this would ${verb} them.`,
    nothing: 'Nothing was written.',
  };
  // Who was asked has seen both sides already.
  const shown = flags.yes || flags.dryRun || outcome === 'nothing' ? sides : '';
  world.print({ text: `${shown}${ends[outcome]}\n`, json });
}

function optionsFor(command: string, flags: LinkFlags): SessionOptions {
  return {
    ...{ command, dryRun: flags.dryRun === true, kind: importOf([]), allow: {}, detailedExitCode: false },
  };
}

async function employeeInHr({ source, neededFields }: RunContext, person: string): Promise<Employee> {
  const fields = [...new Set([...neededFields, 'first_name', 'last_name', 'work_email', 'job_title'])];
  const found: Employee[] = [];
  const isId = !person.includes('@') && source.readByIds !== undefined;
  const pages = isId ? source.readByIds?.(fields, [person]) : source.read(fields);
  for await (const { records } of pages ?? []) {
    for (const record of records)
      if ('employee' in record && isAmong(referenceTo(record.employee), [person])) found.push(record.employee);
  }
  const exact = found.find(({ id }) => id === person) ?? found[0];
  if (exact === undefined) throw new UnknownPersonError(person, source.title);
  if (found.length > 1 && exact.id !== person)
    throw new UsageError(
      `${found.length} people have this address (${found.map(({ id }) => `#${id}`).join(', ')}): name one by employee id`,
    );
  return exact;
}

async function accountInLms({ target }: RunContext, employee: Employee, named: string): Promise<Account> {
  let id = named;
  if (named.includes('@')) {
    const found = await target.find([{ externalId: employee.id, email: named }]);
    const bearers = found.filter(({ email }) => email !== null && emailKey(email) === emailKey(named));
    if (bearers.length > 1)
      throw new UsageError(
        `${bearers.length} accounts have this address (${bearers.map((one) => one.id).join(', ')}): name one by its id`,
      );
    id = bearers[0]?.id ?? named;
  }
  const account = (await target.inspect([id])).get(id);
  if (account === undefined)
    throw new UsageError(
      `${target.title} has no account ${named}: give the id of the account as ${target.title} shows it, or its e-mail address`,
    );
  return account;
}

async function refuseTaken({ store }: RunContext, employee: Employee, account: Account, present: Snapshot | undefined) {
  const [owner] = (await store.snapshotsByAccount([account.id])).filter(({ state }) => state !== 'deleted');
  if (owner !== undefined && owner.employeeId !== employee.id)
    throw new UsageError(
      `account ${account.id} is linked to #${owner.employeeId}: run "hrsync unlink ${owner.employeeId}" first if that is wrong`,
    );
  if (present !== undefined && present.state !== 'deleted' && present.accountId !== account.id)
    throw new UsageError(
      `#${employee.id} is linked to account ${present.accountId}: run "hrsync unlink ${employee.id}" first if that is wrong`,
    );
  await refuseUncertain(store, employee.id);
}

/** When hrsync last changed the account, as an ISO instant, or null where it never did. */
async function lastChangeOf({ store }: RunContext, employeeId: string, account: string): Promise<string | null> {
  let last: string | null = null;
  for await (const batch of store.journal({ employeeId }))
    for (const entry of batch)
      if (entry.account === account && entry.outcome === 'done') last = entry.settledAt ?? entry.at;
  return last;
}

function nameOf({ names, name }: Account): string | null {
  return names !== undefined && names.length > 0 ? names.join(' ') : name;
}
