import type { NamedRoute } from '../stand-in.js';

/** In this order: the first that fits names a request. */
export const routes: readonly NamedRoute[] = [
  { name: 'users.list', method: 'GET', path: /^\/api\/v1\/users$/ },
  { name: 'users.search', method: 'GET', path: /^\/api\/v1\/users\/search$/ },
  { name: 'definitions.list', method: 'GET', path: /^\/api\/v1\/users\/customuserdata$/ },
  { name: 'users.get', method: 'GET', path: /^\/api\/v1\/users\/[^/]+$/ },
  { name: 'users.create', method: 'POST', path: /^\/api\/v1\/users$/ },
  { name: 'users.update', method: 'PUT', path: /^\/api\/v1\/users\/[^/]+$/ },
  { name: 'users.delete', method: 'DELETE', path: /^\/api\/v1\/users\/[^/]+$/ },
  { name: 'invites.create', method: 'POST', path: /^\/api\/v1\/portal_invite$/ },
  { name: 'group_invites.create', method: 'POST', path: /^\/api\/v1\/group_invites$/ },
  { name: 'group_invites.list', method: 'GET', path: /^\/api\/v1\/group_invites$/ },
  { name: 'group_invites.get', method: 'GET', path: /^\/api\/v1\/group_invites\/\d+$/ },
  { name: 'group_invites.delete', method: 'DELETE', path: /^\/api\/v1\/group_invites\/\d+$/ },
  { name: 'groups.list', method: 'GET', path: /^\/api\/v1\/groups$/ },
  { name: 'groups.create', method: 'POST', path: /^\/api\/v1\/groups$/ },
  { name: 'members.list', method: 'GET', path: /^\/api\/v1\/group_memberships$/ },
  { name: 'members.add', method: 'POST', path: /^\/api\/v1\/group_memberships$/ },
  { name: 'members.remove', method: 'DELETE', path: /^\/api\/v1\/group_memberships\/\d+$/ },
];
