import { CredentialsError, IncompleteReadError, PermissionError } from '../../errors.js';
import { RequestError } from '../../http/errors.js';
import type { Finding } from '../../http/world.js';

/** Where an admin sets what the user of a key may see. */
export const WHERE = 'Settings > Access Levels';

/**
 * What an error means for whoever sets the connector up.
 *
 * @throws the error itself, when it is none that a check looks for
 */
export function findingFor(error: unknown, address: string): Finding {
  if (error instanceof CredentialsError) {
    const message = `refused (${error.detail}): compare api_key with the API keys of its user, and source.company with the address that people sign in at. Do not try again and again: BambooHR switches API access off after some requests with a wrong key`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (error instanceof PermissionError) {
    const message = `${error.missing.join(', ')} not allowed (${error.detail}): look at the key's user and its access level (${WHERE})`;
    return { level: 'error', subject: 'employees', message, cause: 'credentials' };
  }
  if (error instanceof RequestError || error instanceof IncompleteReadError) {
    return { level: 'error', subject: address, message: error.message, cause: 'unreachable' };
  }
  throw error;
}

/** What a check saw of the people. */
export interface SeenPeople {
  /** How many BambooHR counts, and by what. */
  readonly total: number;
  readonly countedBy: string;
  /** How many came with their values, and how many of them are inactive. */
  readonly came: number;
  readonly inactive: number;
}

/** Whether everybody can be read, people who left included. */
export function employeesFinding({ total, countedBy, came, inactive }: SeenPeople): Finding {
  const subject = 'employees';
  const all = `give it access to all employees, inactive ones included (${WHERE})`;
  if (total === 0) {
    const message = `BambooHR shows this key nobody at all, and import-all would stop with exit code 6: a missing right looks like this. The user of the key needs more: ${all}`;
    return { level: 'warning', subject, message };
  }
  const readable = `${came} of ${total} readable (counted by ${countedBy})`;
  if (came !== total) {
    return {
      level: 'warning',
      subject,
      message: `${readable}: the access level of the key's user hides the rest; ${all}`,
    };
  }
  if (inactive > 0) return { level: 'ok', subject, message: `${readable}, ${inactive} of them inactive` };
  const message = `${readable}, and none is inactive: may this user see people who left? If not, their accounts end late; ${all}`;
  return { level: 'warning', subject, message };
}
