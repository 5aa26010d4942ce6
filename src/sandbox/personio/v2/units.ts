import { type Context, Hono } from 'hono';
import { type Company, findUnit, type Unit } from '../../company/company.js';
import { inTextForm, type Oddities, shownName } from '../../oddities.js';
import type { PersonioEnvironment, PersonioParts } from '../auth.js';
import { listPage } from './cursor.js';
import { noSuchEndpoint, problemResponse } from './problem.js';

type Handled = Context<PersonioEnvironment>;

/** What stands behind the ids of an employment: org units, legal entities, workplaces and cost centers. */
export function unitRoutes(company: Company, { settings }: PersonioParts): Hono<PersonioEnvironment> {
  const app = new Hono<PersonioEnvironment>();
  const list = (c: Handled, units: readonly Unit[]): Response => {
    const url = new URL(c.req.url);
    const request = { url, settings, faults: c.env.dataFaults, defaultLimit: 20, largestLimit: 100 };
    const page = listPage(request, () => units, show);
    return page === null ? problemResponse(400) : c.json(page);
  };
  const show = (unit: Unit): object => inTextForm(unitJson(unit, settings), settings.textForm);
  const single = (c: Handled, units: readonly Unit[]): Response => {
    const unit = findUnit(units, Number(c.req.param('id')));
    return unit === null ? problemResponse(404) : c.json(show(unit));
  };
  const beta = (c: Handled, answer: () => Response): Response => {
    const { betaRoutes } = settings;
    const isOpen = betaRoutes === 'open' || (betaRoutes === 'needs_header' && c.req.header('Beta') === 'true');
    return isOpen ? answer() : problemResponse(404, noSuchEndpoint(c.req.path));
  };
  // A team and a department may share a number, so the type is asked for.
  const ofType = (c: Handled, answer: (units: readonly Unit[]) => Response): Response => {
    const type = typeIn(c);
    if (type === 'department') return answer(company.departments);
    return type === 'team' ? answer(company.teams) : problemResponse(400);
  };

  app.get('/org-units', (c) => beta(c, () => ofType(c, (units) => list(c, units))));
  app.get('/org-units/:id', (c) => ofType(c, (units) => single(c, units)));
  app.get('/legal-entities', (c) => list(c, company.legalEntities.toReversed()));
  app.get('/legal-entities/:id', (c) => single(c, company.legalEntities));
  app.get('/workplaces', (c) => beta(c, () => list(c, company.offices)));
  app.get('/cost-centers', (c) => beta(c, () => list(c, company.costCenters)));
  return app;
}

// A page that is gone on from by cursor says the type in it, or again beside it.
function typeIn(c: Handled): string | undefined {
  const cursor = c.req.query('cursor');
  if (cursor === undefined) return c.req.query('type');
  const held = Buffer.from(cursor.replace(/^cur_/, ''), 'base64url').toString();
  return /type=(department|team)/.exec(held)?.[1];
}

function unitJson(unit: Unit, oddities: Oddities): object {
  return {
    id: String(unit.id),
    name: shownName(unit, oddities),
    description: null,
    abbreviation: null,
    parent_id: null,
  };
}
