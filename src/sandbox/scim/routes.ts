import type { NamedRoute } from '../stand-in.js';
import { BASE } from './parts.js';

const route = (name: string, method: string, path: string): NamedRoute => ({
  ...{ name, method, path: new RegExp(`^${path}$`) },
});

const resources = (name: string, endpoint: string): readonly NamedRoute[] => [
  route(`${name}.list`, 'GET', `${BASE}/${endpoint}/?`),
  route(`${name}.search`, 'POST', `${BASE}/${endpoint}/\\.search`),
  route(`${name}.create`, 'POST', `${BASE}/${endpoint}/?`),
  route(`${name}.get`, 'GET', `${BASE}/${endpoint}/[^/]+`),
  route(`${name}.replace`, 'PUT', `${BASE}/${endpoint}/[^/]+`),
  route(`${name}.update`, 'PATCH', `${BASE}/${endpoint}/[^/]+`),
  route(`${name}.delete`, 'DELETE', `${BASE}/${endpoint}/[^/]+`),
];

/** In this order: the first that fits names a request. */
export const routes: readonly NamedRoute[] = [
  route('token', 'POST', '/oauth/token'),
  route('config.get', 'GET', `${BASE}/ServiceProviderConfig`),
  route('resourceTypes.list', 'GET', `${BASE}/ResourceTypes`),
  route('resourceTypes.get', 'GET', `${BASE}/ResourceTypes/[^/]+`),
  route('schemas.list', 'GET', `${BASE}/Schemas`),
  route('schemas.get', 'GET', `${BASE}/Schemas/[^/]+`),
  ...resources('users', 'Users'),
  ...resources('groups', 'Groups'),
];
