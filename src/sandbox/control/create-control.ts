import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { UnknownInCompanyError } from '../company/change.js';
import { type Company, findPerson } from '../company/company.js';
import { companyEventSchema } from '../company/events.js';
import { faultSchema } from '../faults/fault.js';
import type { RunningSystem } from '../running-system.js';
import type { SourceSystem, TargetSystem } from '../system.js';
import { eventFor, wishSchema } from './happenings.js';
import { indexDocument, indexPage } from './index-page.js';
import { readJson } from './read-json.js';

/** What the control API reaches. */
export interface Controlled {
  readonly company: Company;
  readonly hr: { apply(event: z.input<typeof companyEventSchema>): unknown; moveTo(day: string): void };
  readonly systems: readonly ((SourceSystem | TargetSystem) & { readonly title: string })[];
  /** A config for two stand-ins, by their names. */
  readonly configFor: (source: string, target: string) => string;
}

/**
 * The control API, below `/_sandbox`, JSON in and out; 400 with `{"error"}` for what does not fit:
 *
 * - `GET /` overview; `GET /config?source=NAME&target=NAME` a config as YAML
 * - `GET /company/people`, `GET /company/people/{id}`; `POST /company/events` (one or a list); `POST /company/day`
 * - `POST /company/happenings` an event in people's own words
 * - for each system `GET|DELETE /{system}/requests`, `GET|POST|DELETE /{system}/faults`,
 *   `GET|PATCH /{system}/settings`, `POST /{system}/revoke-tokens`
 * - what a system adds below its name, as its `control.ts` says
 *
 * The root of the server is an index of all of it, for people and for programs.
 */
export function createControl(controlled: Controlled): Hono {
  const root = new Hono();
  root.get('/', (c) => {
    const isRead = c.req.header('Accept')?.includes('text/html') === true;
    return isRead ? c.html(indexPage(controlled, BASE)) : c.json(indexDocument(controlled, BASE));
  });
  const app = root.basePath(BASE);
  app.get('/', (c) => c.json(overview(controlled)));
  app.get('/config', (c) => c.text(controlled.configFor(c.req.query('source') ?? '', c.req.query('target') ?? '')));
  app.route('/company', companyRoutes(controlled));
  for (const system of controlled.systems) {
    app.route(`/${system.name}`, systemRoutes(system));
    if (system.control !== undefined) app.route(`/${system.name}`, system.control);
  }
  root.notFound((c) => c.json({ error: `there is no ${c.req.method} ${c.req.path}` }, 404));
  root.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof UnknownInCompanyError || error instanceof RangeError)
      return c.json({ error: error.message }, 400);
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    return c.json({ error: String(error) }, 500);
  });
  return root;
}

const BASE = '/_sandbox';

function overview({ company, systems }: Controlled): object {
  const people: Record<string, number> = {};
  for (const { status } of company.people) people[status] = (people[status] ?? 0) + 1;
  return {
    company: { name: company.name, today: company.today, people },
    ...Object.fromEntries(systems.flatMap(({ name, counts }) => (counts === undefined ? [] : [[name, counts()]]))),
    systems: systems.map(({ name, url, requests }) => ({ name, url, requests: requests.list().length })),
  };
}

function companyRoutes({ company, hr }: Controlled): Hono {
  const app = new Hono();
  app.get('/people', (c) => c.json({ people: company.people }));
  app.get('/people/:id', (c) => {
    const person = findPerson(company, Number(c.req.param('id')));
    return person === null ? c.json({ error: 'nobody has this id' }, 404) : c.json(person);
  });
  app.post('/events', async (c) => {
    const body = await readJson(c, z.unknown());
    // Not a union: its errors would not say what is wrong with the event.
    const events = Array.isArray(body) ? z.array(companyEventSchema).parse(body) : [companyEventSchema.parse(body)];
    return c.json({ people: events.map((event) => hr.apply(event)) });
  });
  app.post('/happenings', async (c) => {
    const { event, ...happened } = eventFor(company, await readJson(c, wishSchema));
    hr.apply(event);
    return c.json(happened);
  });
  app.post('/day', async (c) => {
    const { day } = await readJson(c, z.strictObject({ day: z.iso.date() }));
    hr.moveTo(day);
    return c.json({ today: company.today });
  });
  return app;
}

function systemRoutes({ requests, faults, settings, revokeTokens }: RunningSystem): Hono {
  const app = new Hono();
  app.get('/requests', (c) => c.json({ requests: requests.list() }));
  app.delete('/requests', (c) => {
    requests.clear();
    return c.body(null, 204);
  });
  app.get('/faults', (c) => c.json({ faults: faults.list() }));
  app.post('/faults', async (c) => c.json(faults.add(await readJson(c, faultSchema)), 201));
  app.delete('/faults', (c) => {
    faults.clear(c.req.query('name'));
    return c.body(null, 204);
  });
  app.get('/settings', (c) => c.json(settings.values));
  app.patch('/settings', async (c) => c.json(settings.change(await readJson(c, z.record(z.string(), z.unknown())))));
  app.post('/revoke-tokens', (c) => {
    revokeTokens();
    return c.body(null, 204);
  });
  return app;
}
