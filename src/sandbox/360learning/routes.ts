import type { NamedRoute } from '../stand-in.js';

const id = '[^/]+';
const route = (name: string, method: string, path: string): NamedRoute => ({
  name,
  method,
  path: new RegExp(`^/api/v2/${path}$`),
});

/** In this order: the first that fits names a request. */
export const routes: readonly NamedRoute[] = [
  route('token', 'POST', 'oauth2/token'),
  route('users.list', 'GET', 'users'),
  route('users.create', 'POST', 'users'),
  route('users.get', 'GET', `users/${id}`),
  route('users.update', 'PATCH', `users/${id}`),
  route('users.delete', 'DELETE', `users/${id}`),
  route('users.activate', 'PUT', `users/${id}/activate`),
  route('managers.list', 'GET', `users/${id}/managers`),
  route('managers.add', 'POST', `users/${id}/managers/${id}`),
  route('managers.remove', 'DELETE', `users/${id}/managers/${id}`),
  route('subordinates.list', 'GET', `users/${id}/subordinates`),
  route('roles.list', 'GET', `users/${id}/roles`),
  route('values.list', 'GET', `users/${id}/custom-fields/values`),
  route('values.replace', 'PUT', `users/${id}/custom-fields/values`),
  route('customFields.list', 'GET', 'custom-fields'),
  route('customFields.create', 'POST', 'custom-fields'),
  route('customFields.choices', 'GET', `custom-fields/${id}/authorized-values`),
  route('externalIds.list', 'GET', 'external-ids'),
  route('externalIds.create', 'POST', 'external-ids'),
  route('externalIds.replace', 'PUT', `external-ids/${id}`),
  route('externalIds.delete', 'DELETE', `external-ids/${id}`),
  route('groups.list', 'GET', 'groups'),
  route('groups.get', 'GET', `groups/${id}`),
  route('groups.roles', 'GET', `groups/${id}/roles`),
  route('memberships.add', 'POST', `groups/${id}/${id}/${id}`),
  route('memberships.remove', 'DELETE', `groups/${id}/${id}/${id}`),
  route('bulk.add', 'POST', 'bulk/groups/memberships'),
  route('bulk.remove', 'DELETE', 'bulk/groups/memberships'),
  route('bulk.list', 'GET', 'bulk/operations'),
  route('bulk.get', 'GET', `bulk/operations/${id}`),
  route('bulk.results', 'GET', `bulk/operations/${id}/results`),
];
