import { type PhpArray, textOf } from './call/php-form.js';
import { accessException, MoodleException, unknownRecord } from './call/refusal.js';
import type { MoodleParts, WebFunction } from './call/web-function.js';
import type { User } from './site/user.js';

/** Finds the user by the token, and the function by its name. */
export interface Access {
  /** @throws MoodleException */
  enter(parameters: PhpArray): { readonly user: User; readonly called: WebFunction };
  /** Deletes all tokens. */
  revoke(): void;
}

export function createAccess(parts: MoodleParts, functions: ReadonlyMap<string, WebFunction>): Access {
  const { settings } = parts;
  // Tokens that an administrator deleted, and expired tokens after their first use.
  const deleted = new Set<string>();
  const userOf = (text: string | null): User => {
    const token = settings.tokens.find((one) => one.token === text && !deleted.has(one.token));
    const user = token === undefined ? undefined : parts.site.users.get(token.userId);
    // Deleting a user deletes the tokens of that user.
    if (token === undefined || user === undefined || user.deleted)
      throw new MoodleException('invalidtoken', 'Invalid token - token not found');
    if (token.expiresAt !== null && Date.parse(token.expiresAt) <= parts.now().getTime()) {
      deleted.add(token.token);
      throw accessException('the token has run out');
    }
    return user;
  };
  return {
    enter: (parameters) => {
      const user = userOf(textOf(parameters, 'wstoken'));
      requireOpenSite(parts);
      requireUsable(user, parts);
      const name = textOf(parameters, 'wsfunction') ?? '';
      const called = functions.get(name);
      if (called === undefined) throw unknownRecord('external_functions', name);
      if (!settings.functions.some((one) => one === name)) throw accessException(`${name} is not in the service`);
      return { user, called };
    },
    revoke: () => {
      for (const { token } of settings.tokens) deleted.add(token);
    },
  };
}

function requireOpenSite({ settings }: MoodleParts): void {
  if (settings.maintenance === 'web') {
    throw new MoodleException('sitemaintenance', 'The site is undergoing maintenance and is currently not available');
  }
  if (settings.upgradeRunning)
    throw new MoodleException('upgraderunning', 'Site is being upgraded, please retry later.');
}

function requireUsable(user: User, { site, settings }: MoodleParts): void {
  const refuse = (code: string, state: string) => new MoodleException(code, `${state} user: ${user.username}`);
  if (user.suspended) throw refuse('wsaccessusersuspended', 'Refused web service access for suspended');
  if (!user.confirmed) throw refuse('wsaccessuserunconfirmed', 'Refused web service access for unconfirmed');
  if (user.auth === 'nologin') throw refuse('wsaccessusernologin', 'Refused web service access for nologin');
  const mayUse = site.admins.has(user.id) || settings.capabilities.includes('webservice/rest:use');
  if (!mayUse) throw accessException('you are not allowed to use the REST protocol');
  if (!settings.serviceEnabled) throw accessException('the service is disabled');
  if (settings.missingFromServiceUsers) throw accessException('the user is not allowed to use the service');
  if (!settings.ipAllowed) throw accessException('the IP address is not allowed');
}
