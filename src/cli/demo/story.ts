import { type Company, NO_MAILBOX, type Person } from '../../sandbox/index.js';
import { EXAMPLE } from '../example-pair.js';
import type { Stage } from './stage.js';

/** The whole story, from the first dry run to a quiet night a month later; `page` is the file of the page for HR. */
export async function play(stage: Stage, page: string): Promise<void> {
  const cast = castOf(stage.sandbox.company);
  await goLive(stage, cast, page);
  await aWeekOfChanges(stage, cast);
  await twoWeeksLater(stage, cast);
  await theFirstDay(stage);
  await aBadNight(stage);
  await aMassExit(stage, cast);
  await aQuietNight(stage);
  epilogue(stage, page);
}

/** Those to whom something happens. */
interface Cast {
  readonly veteran: Person;
  readonly promoted: Person;
  readonly leaver: Person;
  readonly returner: Person;
  readonly department: string;
  readonly boss: Person;
  /** Those whom a mistake in HR marks as leavers. */
  readonly crowd: readonly Person[];
}

function castOf(company: Company): Cast {
  const boss = company.people.find((person) => person.supervisorId === null);
  const plain = company.people.filter(
    (person) =>
      person.status === 'active' &&
      person.terminationDate === null &&
      person.departmentId !== null &&
      person.email !== null &&
      !person.email.includes(NO_MAILBOX) &&
      !company.people.some(({ supervisorId }) => supervisorId === person.id),
  );
  const [veteran, promoted, leaver, returner, ...crowd] = plain;
  const department = company.departments.find(({ id }) => id === promoted?.departmentId);
  if (!boss || !veteran || !promoted || !leaver || !returner || !department) {
    throw new RangeError('the made-up company is too small for the story: give it at least 40 people');
  }
  return {
    ...{ boss, veteran, promoted, leaver, returner, department: department.name },
    crowd: crowd.slice(0, Math.ceil(company.people.length / 7)),
  };
}

async function goLive(stage: Stage, { veteran }: Cast, page: string): Promise<void> {
  const { narrator, sandbox, source, target } = stage;
  narrator.scene('Before go-live', stage.today);
  const people = sandbox.company.people.length;
  if (isExample(stage)) {
    sandbox.lms.add({ email: 'trainer@partner.example', firstName: 'Tara', lastName: 'Trainer' }, 'confirmed');
    const { firstName, lastName, email } = veteran;
    sandbox.lms.add(
      { email: (email ?? '').toUpperCase(), firstName, lastName, jobTitle: 'to be updated' },
      'confirmed',
    );
    narrator.tell(
      `Acme keeps its ${people} people in ${source.title}. ${target.title} is nearly empty: it holds an owner, an outside trainer whom HR does not know, and an old account of ${nameOf(veteran)}.`,
    );
  } else narrator.tell(`Acme keeps its ${people} people in ${source.title}. ${target.title} is nearly empty.`);
  narrator.tell('A dry run shows what would happen, and sends nothing. People read it with HR, as a page.');
  await stage.importAll({ dryRun: true, first: 32, last: 44, page });
  narrator.scene('The first import', stage.today);
  narrator.tell('The same again, for real: only the end is shown.');
  await stage.importAll({ first: 0, last: 3 });
  narrator.scene('The next night', stage.day(1));
  stage.moveTo(1);
  target.requests.clear();
  narrator.tell(`Nothing has changed in HR. hrsync reads everybody, and has nothing to say to ${target.title}.`);
  await stage.importAll();
  narrator.tell(`${target.title} was asked to change something ${target.requests.writes().length} times.`);
}

/** Whether the two systems play of which more is told. */
function isExample({ source, target }: Stage): boolean {
  return source.name === EXAMPLE.source && target.name === EXAMPLE.target;
}

async function aWeekOfChanges(stage: Stage, { promoted, leaver, returner, department, boss }: Cast): Promise<void> {
  const { narrator } = stage;
  await stage.nightsUntil(7);
  narrator.scene('A week later', stage.today);
  narrator.tell(
    `HR had a busy week. ${nameOf(promoted)} was promoted. The department ${department} is called ${department} & Partners now. Ada Lovelace starts today; Grace Hopper will start in three weeks. ${nameOf(leaver)} has given notice, with two weeks to go. ${nameOf(returner)} has left.`,
  );
  stage.happens(
    { kind: 'promote', person: promoted.id, to: 'Principal Engineer' },
    { kind: 'rename_department', department, to: `${department} & Partners` },
    {
      kind: 'hire',
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada.lovelace@acme.example',
      on: stage.today,
      position: 'Analyst',
      supervisor: boss.id,
    },
    {
      kind: 'hire',
      firstName: 'Grace',
      lastName: 'Hopper',
      email: 'grace.hopper@acme.example',
      on: stage.day(28),
      position: 'Compiler Engineer',
      supervisor: boss.id,
    },
    { kind: 'terminate', person: leaver.id, on: stage.day(20) },
    { kind: 'terminate', person: returner.id, on: stage.day(6) },
  );
  stage.moveTo(7);
  await stage.importAll({ first: 44, last: 28 });
}

async function twoWeeksLater(stage: Stage, { leaver, returner }: Cast): Promise<void> {
  const { narrator } = stage;
  await stage.nightsUntil(21);
  narrator.scene('Two weeks later', stage.today);
  stage.happens({ kind: 'rehire', person: returner.id, on: stage.today, position: 'Consultant' });
  narrator.tell(
    `Yesterday was the last day of ${nameOf(leaver)}. And ${nameOf(returner)} is back: HR gives a new employee number and moves the address over. hrsync finds the old account and opens it again, instead of making a second one.`,
  );
  await stage.importAll();
}

async function theFirstDay(stage: Stage): Promise<void> {
  const { narrator, sandbox } = stage;
  await stage.nightsUntil(28);
  narrator.scene("Grace Hopper's first day", stage.today);
  narrator.tell('Her account is made and her invitation goes out today, and not a day sooner.');
  await stage.importAll();
  if (!isExample(stage)) return;
  const mails = sandbox.lms.mails.map(({ to, at }) => `${at.slice(0, 10)} ${to}`);
  narrator.tell(
    `Invitations that ${stage.target.title} has mailed so far: ${mails.length === 0 ? 'none' : mails.join(', ')}.`,
  );
}

async function aBadNight(stage: Stage): Promise<void> {
  const { narrator, source } = stage;
  stage.moveTo(29);
  narrator.scene('A bad night', stage.today);
  narrator.tell(
    `An admin narrows a permission by mistake, and ${source.title} shows only half of the company, in a perfectly good answer. Nobody is deactivated for that.`,
  );
  source.faults.add({ fault: { kind: 'short_list', keep: 0.5 }, times: null });
  await stage.importAll();
  source.faults.clear();
}

async function aMassExit(stage: Stage, { crowd }: Cast): Promise<void> {
  const { narrator } = stage;
  stage.moveTo(30);
  narrator.scene('A mistake in HR', stage.today);
  narrator.tell(
    `Somebody imports a wrong file into HR, and ${crowd.length} people are marked as inactive. That is more than one night may deactivate, so hrsync refuses and says what would allow it.`,
  );
  stage.happens(...crowd.map(({ id }) => ({ kind: 'set_status', person: id, status: 'inactive' }) as const));
  await stage.importAll({ first: 14, last: 14 });
  stage.happens(...crowd.map(({ id }) => ({ kind: 'set_status', person: id, status: 'active' }) as const));
}

async function aQuietNight(stage: Stage): Promise<void> {
  stage.moveTo(31);
  stage.narrator.scene('A quiet night', stage.today);
  stage.narrator.tell('HR has put that right. Everything is in step.');
  await stage.importAll();
}

function epilogue(stage: Stage, page: string): void {
  const { narrator, sandbox, source, target } = stage;
  narrator.scene('A month in figures', null);
  if (isExample(stage)) {
    const accounts = sandbox.lms.list();
    const trainer = sandbox.lms.findByEmail('trainer@partner.example');
    const deactivated = accounts.filter(({ status }) => status === 'deactivated').length;
    narrator.tell(
      `${accounts.length - deactivated} accounts can log in, ${deactivated} cannot any more; ${sandbox.lms.mails.length} invitations were mailed, nobody's twice. Tara Trainer, whom HR does not know, was ${trainer?.updatedAt === trainer?.createdAt ? 'never touched' : 'changed'}.`,
    );
  } else {
    const held = Object.entries(target.counts?.() ?? {}).map(([what, count]) => `${count} ${what}`);
    narrator.tell(`${target.title} holds ${held.join(', ')}.`);
  }
  const flags = isExample(stage) ? '' : ` --source ${source.name} --target ${target.name}`;
  narrator.tell(
    '',
    `The page that HR read before go-live:  ${page}`,
    `To rehearse with it yourself:  hrsync sandbox${flags} --write-config sandbox.yaml`,
  );
}

function nameOf({ firstName, lastName }: Person): string {
  return `${firstName} ${lastName}`;
}
