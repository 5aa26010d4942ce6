import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { scim } from '../../../src/targets/scim/index.js';
import type { Target } from '../../../src/targets/target.js';
import { testWorld } from '../sources/stage.js';

/** What a server keeps of a resource, as SCIMMY hands it over. */
type Kept = Record<string, unknown> & { readonly id: string };

/** A SCIM server of another maker (npm: scimmy), over two maps. */
export interface RealServer {
  readonly users: ReadonlyMap<string, Kept>;
  readonly groups: ReadonlyMap<string, Kept>;
  /** Every request so far: "PATCH /Users/…". */
  readonly requests: readonly string[];
  readonly url: string;
  stop(): Promise<void>;
}

const TOKEN = 'scim-token';

/** Starts it on loopback. SCIMMY keeps its resources in the module, so one runs at a time. */
export async function startRealServer(): Promise<RealServer> {
  const users = new Map<string, Kept>();
  const groups = new Map<string, Kept>();
  const requests: string[] = [];
  const { User, Group } = SCIMMY.Resources;
  const isDeclared = SCIMMY.Resources.declared(User) === true;
  const keep =
    (map: Map<string, Kept>, isTaken: (other: Kept, given: Record<string, unknown>) => boolean) =>
    (resource: { readonly id?: string | undefined }, instance: object) => {
      const given: Record<string, unknown> = { ...instance };
      const id = resource.id ?? randomUUID();
      if (resource.id !== undefined && !map.has(id)) throw new SCIMMY.Types.Error(404, '', `${id} not found`);
      if ([...map.values()].some((other) => other.id !== id && isTaken(other, given))) {
        throw new SCIMMY.Types.Error(409, 'uniqueness', 'it is taken');
      }
      const kept: Kept = JSON.parse(JSON.stringify({ ...given, id }));
      map.set(id, kept);
      return kept;
    };
  const show =
    (map: Map<string, Kept>) => (resource: { readonly id?: string | undefined; readonly filter?: unknown }) => {
      if (resource.id === undefined) {
        const filter = resource.filter;
        const all = [...map.values()];
        return filter instanceof SCIMMY.Types.Filter ? filter.match(all) : all;
      }
      const kept = map.get(resource.id);
      if (kept === undefined) throw new SCIMMY.Types.Error(404, '', `${resource.id} not found`);
      return kept;
    };
  const drop = (map: Map<string, Kept>) => (resource: { readonly id?: string | undefined }) => {
    if (!map.delete(resource.id ?? '')) throw new SCIMMY.Types.Error(404, '', `${resource.id} not found`);
  };
  const sameName = (other: Kept, given: Record<string, unknown>) =>
    String(other['userName']).toLowerCase() === String(given['userName']).toLowerCase();
  User.ingress(keep(users, sameName) as never)
    .egress(show(users) as never)
    .degress(drop(users));
  Group.ingress(keep(groups, () => false) as never)
    .egress(show(groups) as never)
    .degress(drop(groups));
  if (!isDeclared) {
    User.extend(SCIMMY.Schemas.EnterpriseUser, false);
    SCIMMY.Resources.declare(User);
    SCIMMY.Resources.declare(Group);
  }
  const app = express();
  app.use((request, _, next) => {
    requests.push(`${request.method} ${request.path.replace('/scim/v2', '')}`);
    next();
  });
  app.use(
    '/scim/v2',
    new SCIMMYRouters({
      type: 'bearer',
      handler(request) {
        if (request.header('authorization') !== `Bearer ${TOKEN}`) throw new Error('Authorization failed');
        return 'hrsync';
      },
    }),
  );
  const server = await new Promise<Server>((resolve) => {
    const started = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    users,
    groups,
    requests,
    url: `http://127.0.0.1:${address.port}/scim/v2`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Opens the target on it. */
export function openOnReal({ url }: RealServer, changes: object = {}): Target {
  const base = { base_url: url, token: TOKEN, requests_per_second: 10_000 };
  return scim.open(scim.settings.parse({ ...base, ...changes }), testWorld);
}
