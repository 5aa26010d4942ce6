import type { NamedRoute } from '../../stand-in.js';

/** The calls, as faults, settings and request logs name them. */
export const routes: readonly NamedRoute[] = [
  { name: 'fields', method: 'GET', path: /^\/api\/v1\/meta\/fields$/ },
  { name: 'lists', method: 'GET', path: /^\/api\/v1\/meta\/lists$/ },
  { name: 'company', method: 'GET', path: /^\/api\/v1\/company_information$/ },
  { name: 'roster', method: 'GET', path: /^\/api\/v1\/employees$/ },
  { name: 'changed', method: 'GET', path: /^\/api\/v1\/employees\/changed$/ },
  { name: 'employee', method: 'GET', path: /^\/api\/v1\/employees\/\d+$/ },
  { name: 'report', method: 'POST', path: /^\/api\/v1\/reports\/custom$/, isRead: true },
  { name: 'dataset', method: 'POST', path: /^\/api\/v2\/datasets\/[^/]+\/data$/, isRead: true },
  { name: 'dataset_fields', method: 'GET', path: /^\/api\/v1_2\/datasets\/[^/]+\/fields$/ },
  { name: 'monitor_fields', method: 'GET', path: /^\/api\/v1\/webhooks\/monitor_fields$/ },
  { name: 'webhooks', method: 'GET', path: /^\/api\/v1\/webhooks$/ },
  { name: 'webhooks.create', method: 'POST', path: /^\/api\/v1\/webhooks$/ },
  { name: 'webhooks.log', method: 'GET', path: /^\/api\/v1\/webhooks\/\d+\/log$/ },
  { name: 'webhooks.read', method: 'GET', path: /^\/api\/v1\/webhooks\/\d+$/ },
  { name: 'webhooks.replace', method: 'PUT', path: /^\/api\/v1\/webhooks\/\d+$/ },
  { name: 'webhooks.delete', method: 'DELETE', path: /^\/api\/v1\/webhooks\/\d+$/ },
];
