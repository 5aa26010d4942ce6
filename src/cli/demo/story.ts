import { type Company, NO_MAILBOX, type Person } from '../../sandbox/index.js';
import type { Stage } from './stage.js';

/** The whole story, from the first dry run to a quiet night a month later. */
export async function play(stage: Stage): Promise<void> {
  const cast = castOf(stage.sandbox.company);
  await goLive(stage, cast);
  await aWeekOfChanges(stage, cast);
  await twoWeeksLater(stage, cast);
  await theFirstDay(stage);
  await aBadNight(stage);
  await aQuietNight(stage);
  epilogue(stage);
}

/** Those to whom something happens. */
interface Cast {
  readonly veteran: Person;
  readonly promoted: Person;
  readonly leaver: Person;
  readonly returner: Person;
  readonly department: string;
  readonly boss: Person;
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
  const [veteran, promoted, leaver, returner] = plain;
  const department = company.departments.find(({ id }) => id === promoted?.departmentId);
  if (!boss || !veteran || !promoted || !leaver || !returner || !department) {
    throw new RangeError('the made-up company is too small for the story: give it at least 40 people');
  }
  return { boss, veteran, promoted, leaver, returner, department: department.name };
}

async function goLive(stage: Stage, { veteran }: Cast): Promise<void> {
  const { narrator, sandbox } = stage;
  narrator.scene('Before go-live', stage.today);
  sandbox.lms.add({ email: 'trainer@partner.example', firstName: 'Tara', lastName: 'Trainer' }, 'confirmed');
  const { firstName, lastName, email } = veteran;
  sandbox.lms.add({ email: (email ?? '').toUpperCase(), firstName, lastName, jobTitle: 'to be updated' }, 'confirmed');
  narrator.tell(
    `Acme keeps its ${sandbox.company.people.length} people in Personio. Learn Amp is nearly empty: it holds an owner, an outside trainer whom HR does not know, and an old account of ${nameOf(veteran)}.`,
    'A dry run shows what would happen, and sends nothing. People read it with HR.',
  );
  await stage.importAll({ dryRun: true, first: 32, last: 44 });
  narrator.scene('The first import', stage.today);
  narrator.tell('The same again, for real.');
  await stage.importAll({ first: 9, last: 4 });
  narrator.scene('The next night', stage.day(1));
  stage.moveTo(1);
  sandbox.learnamp.requests.clear();
  narrator.tell('Nothing has changed in HR. hrsync reads everybody, and has nothing to say to Learn Amp.');
  await stage.importAll();
  narrator.tell(`Learn Amp was asked ${sandbox.learnamp.requests.list().length} times.`);
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
  await stage.importAll({ first: 28, last: 32 });
}

async function twoWeeksLater(stage: Stage, { leaver, returner }: Cast): Promise<void> {
  const { narrator } = stage;
  await stage.nightsUntil(21);
  narrator.scene('Two weeks later', stage.today);
  stage.happens({ kind: 'rehire', person: returner.id, on: stage.today, position: 'Consultant' });
  narrator.tell(
    `Yesterday was the last day of ${nameOf(leaver)}. And ${nameOf(returner)} is back: Personio gives a new employee number and moves the address over. hrsync finds the old account and opens it again, instead of making a second one.`,
  );
  await stage.importAll();
}

async function theFirstDay(stage: Stage): Promise<void> {
  const { narrator, sandbox } = stage;
  await stage.nightsUntil(28);
  narrator.scene("Grace Hopper's first day", stage.today);
  narrator.tell('Her account is made and her invitation goes out today, and not a day sooner.');
  await stage.importAll();
  const mails = sandbox.lms.mails.map(({ to, at }) => `${at.slice(0, 10)} ${to}`);
  narrator.tell(`Invitations that Learn Amp has mailed so far: ${mails.length === 0 ? 'none' : mails.join(', ')}.`);
}

async function aBadNight(stage: Stage): Promise<void> {
  const { narrator, sandbox } = stage;
  stage.moveTo(29);
  narrator.scene('A bad night', stage.today);
  narrator.tell(
    'An admin narrows a permission by mistake, and Personio shows only half of the company, in a perfectly good answer. Nobody is deactivated for that.',
  );
  sandbox.personio.faults.add({ fault: { kind: 'short_list', keep: 0.5 }, match: { route: 'employees' }, times: null });
  await stage.importAll();
  sandbox.personio.faults.clear();
}

async function aQuietNight(stage: Stage): Promise<void> {
  stage.moveTo(30);
  stage.narrator.scene('A quiet night', stage.today);
  stage.narrator.tell('The permission is back. Everything is in step.');
  await stage.importAll();
}

function epilogue({ narrator, sandbox }: Stage): void {
  const accounts = sandbox.lms.list();
  const trainer = sandbox.lms.findByEmail('trainer@partner.example');
  const deactivated = accounts.filter(({ status }) => status === 'deactivated').length;
  narrator.scene('A month in figures', null);
  narrator.tell(
    `${accounts.length - deactivated} accounts can log in, ${deactivated} cannot any more; ${sandbox.lms.mails.length} invitations were mailed, nobody's twice. Tara Trainer, whom HR does not know, was ${trainer?.updatedAt === trainer?.createdAt ? 'never touched' : 'changed'}.`,
    '',
    'To rehearse with it yourself:  hrsync sandbox --write-config sandbox.yaml',
  );
}

function nameOf({ firstName, lastName }: Person): string {
  return `${firstName} ${lastName}`;
}
