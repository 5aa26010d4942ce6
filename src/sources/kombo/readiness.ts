import { type HrsyncError, NotReadyError, PermissionError } from '../../errors.js';
import { TITLE } from './failure.js';
import type { Integration } from './schema.js';

/**
 * What speaks against reading an integration at all, or null. While its credentials are refused or its scope has changed,
 * Kombo goes on answering from what it once copied.
 * https://docs.kombo.dev/hris/guides/integration-states
 */
export function troubleWith(integration: Integration): HrsyncError | null {
  const { status, setup_status, data_expired_at, category } = integration;
  const tool = toolOf(integration);
  if (status === 'INVALID') {
    return new NotReadyError(TITLE, 'disconnected', `${tool} refuses its credentials, so it is copied no more`);
  }
  if (status !== 'ACTIVE') {
    return new NotReadyError(TITLE, 'switched_off', `the integration with ${tool} is ${status}`);
  }
  if (setup_status !== 'COMPLETED') {
    return new NotReadyError(TITLE, 'setting_up', `the set-up of ${tool} is ${setup_status}`);
  }
  if (data_expired_at) {
    const since = data_expired_at.slice(0, 16).replace('T', ' ');
    const detail = `what it holds of ${tool} has been out of date since ${since}: filters or scopes were changed`;
    return new NotReadyError(TITLE, 'outdated', detail);
  }
  if (category && category !== 'HRIS') {
    return new PermissionError(TITLE, ['employees'], `the integration with ${tool} is of the category ${category}`);
  }
  return null;
}

/** How reports call the HR system behind Kombo. */
export function toolOf({ tool }: Integration): string {
  return tool.label ? `${tool.label} (${tool.id})` : tool.id;
}
