import type { NamedRoute } from '../stand-in.js';

const team = '(?:\\d+|by_external_id/[^/]+)';

/** In this order: the first that fits names a request. */
export const routes: readonly NamedRoute[] = [
  { name: 'token', method: 'POST', path: /^\/oauth\/token$/ },
  { name: 'users.list', method: 'GET', path: /^\/v1\/users$/ },
  { name: 'users.create', method: 'POST', path: /^\/v1\/users$/ },
  { name: 'users.deactivate', method: 'PUT', path: /^\/v1\/users\/\d+\/deactivate$/ },
  { name: 'users.reactivate', method: 'PUT', path: /^\/v1\/users\/\d+\/reactivate$/ },
  { name: 'users.get', method: 'GET', path: /^\/v1\/users\/.+$/ },
  { name: 'users.update', method: 'PUT', path: /^\/v1\/users\/.+$/ },
  { name: 'users.delete', method: 'DELETE', path: /^\/v1\/users\/.+$/ },
  { name: 'teams.list', method: 'GET', path: /^\/v1\/teams$/ },
  { name: 'teams.create', method: 'POST', path: /^\/v1\/teams$/ },
  { name: 'members.list', method: 'GET', path: new RegExp(`^/v1/teams/${team}/users$`) },
  { name: 'members.add', method: 'POST', path: new RegExp(`^/v1/teams/(?:${team}/(?:bulk/)?)?users$`) },
  { name: 'members.remove', method: 'DELETE', path: new RegExp(`^/v1/teams/${team}/users/\\d+$`) },
  { name: 'teams.get', method: 'GET', path: new RegExp(`^/v1/teams/${team}$`) },
  { name: 'teams.update', method: 'PUT', path: new RegExp(`^/v1/teams/${team}$`) },
  { name: 'teams.delete', method: 'DELETE', path: new RegExp(`^/v1/teams/${team}$`) },
];
