import { Hono } from 'hono';
import * as z from 'zod';
import type { Person } from '../../../src/sandbox/company/company.js';
import { createSettings, runSystem } from '../../../src/sandbox/running-system.js';
import type { StandIn, StandInEnvironment } from '../../../src/sandbox/stand-in.js';
import type { SourceSystem, SystemRegistry, SystemWorld, TargetSystem } from '../../../src/sandbox/system.js';
import { type Pupil, pupilSchema } from './classroom.js';
import type { RollbookPerson } from './rollbook.js';

const keySchema = z.strictObject({ key: z.string().default('made-up-key') });
const draftSchema = pupilSchema.omit({ id: true });
type KeyInput = z.input<typeof keySchema>;
type Key = z.output<typeof keySchema>;

/** Both registries of the sandbox, with nothing in them but what is made up. */
export const MADE_UP_SYSTEMS = {
  sources: { rollbook: { port: 0, load: async () => ({ title: 'Rollbook', start: startRollbook }) } },
  targets: { classroom: { port: 1, load: async () => ({ title: 'Classroom', start: startClassroom }) } },
} as const satisfies SystemRegistry;

async function startRollbook(world: SystemWorld, input: KeyInput): Promise<SourceSystem> {
  const settings = createSettings(keySchema, input);
  const standIn = standInFor(settings.values, (app) => {
    app.get('/people', (c) => c.json({ people: world.company.people.map(shown) }));
  });
  const system = await runSystem('rollbook', standIn, settings, world);
  return {
    ...system,
    access: settings.values,
    attributes: { badge: 'badge', certified: 'certified' },
    section: `source:\n  type: rollbook\n  base_url: ${system.url}\n  key: ${settings.values.key}\n`,
  };
}

/** Classroom, and who is in it. */
interface ClassroomSystem extends TargetSystem {
  readonly pupils: Map<string, Pupil>;
}

async function startClassroom(world: SystemWorld, input: KeyInput): Promise<ClassroomSystem> {
  const settings = createSettings(keySchema, input);
  const pupils = new Map<string, Pupil>();
  const standIn = standInFor(settings.values, (app) => {
    app.get('/pupils', (c) => c.json({ pupils: [...pupils.values()] }));
    app.post('/pupils', async (c) => {
      const pupil: Pupil = { ...draftSchema.parse(await c.req.json()), id: String(pupils.size + 1) };
      pupils.set(pupil.id, pupil);
      return c.json(pupil, 201);
    });
    app.post('/pupils/:id', async (c) => {
      const known = pupils.get(c.req.param('id'));
      if (known === undefined) return c.json({}, 404);
      return c.json(Object.assign(known, draftSchema.partial().parse(await c.req.json())));
    });
  });
  const system = await runSystem('classroom', standIn, settings, world);
  const mapping = 'mapping:\n  first_name: first_name\n  last_name: last_name\n  email: work_email\n';
  return {
    ...{ ...system, pupils, access: settings.values },
    control: new Hono().get('/pupils', (c) => c.json({ pupils: [...pupils.values()] })),
    counts: () => ({ pupils: pupils.size }),
    sections: () =>
      `target:\n  type: classroom\n  base_url: ${system.url}\n  key: ${settings.values.key}\n\n${mapping}`,
  };
}

function standInFor({ key }: Key, addRoutes: (app: Hono<StandInEnvironment>) => void): StandIn {
  const app = new Hono<StandInEnvironment>();
  app.use(async (c, next) => (c.req.header('Authorization') === key ? next() : c.json({ error: 'who are you?' }, 401)));
  addRoutes(app);
  return { app, routes: [], errorBody: () => ({}), revokeTokens: () => undefined };
}

function shown({ id, firstName, lastName, email, status, hireDate, terminationDate }: Person): RollbookPerson {
  return {
    ...{ number: String(id), first: firstName, last: lastName, mail: email ?? '' },
    ...{ working: status === 'active', since: hireDate, until: terminationDate },
  };
}
