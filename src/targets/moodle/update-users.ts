import { RejectedError } from '../kit/rejected.js';
import type { MoodleClient } from './client.js';
import { Refusal } from './errors.js';
import { callsFor } from './form.js';
import type { Alteration, Outcome } from './orders.js';
import type { Warning } from './schema.js';

/** What a warning of an update says of its user: https://moodledev.io/ (core_user_update_users). */
const WARNINGS: Readonly<Record<string, readonly [RejectedError['reason'], string]>> = {
  invaliduserid: ['unknown_account', 'Moodle has no such account'],
  usernotupdateddeleted: ['unknown_account', 'the account was deleted in Moodle'],
  usernotupdatedadmin: ['by_hand', 'the account is a site administrator, whom no web service may change'],
  usernotupdatedguest: ['by_hand', 'the account is the guest of the site'],
  usernotupdatedremote: ['by_hand', 'the account belongs to another Moodle (mnet)'],
  useremailinvalid: ['invalid_value', 'Moodle does not take the e-mail address'],
  useremailduplicate: ['email_taken', 'another account has this address'],
  dmlwriteexception: ['invalid_value', 'a value is too long, or the user name belongs to another account'],
};

/**
 * Changes accounts in batches; gives what became of each, in the order of the alterations. Each user stands or falls alone,
 * but one value of the wrong type refuses the whole call, which is then halved.
 */
export async function updateUsers(
  client: Pick<MoodleClient, 'updateUsers'>,
  alterations: readonly Alteration[],
  most: number,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const some of callsFor(alterations, most, parametersOf)) outcomes.push(...(await change(client, some)));
  return outcomes;
}

async function change(
  client: Pick<MoodleClient, 'updateUsers'>,
  alterations: readonly Alteration[],
): Promise<readonly Outcome[]> {
  try {
    const warnings = await client.updateUsers(alterations.map(parametersOf));
    return alterations.map(({ id }) => {
      const warning = warnings.find(({ itemid }) => itemid === id);
      return warning === undefined ? { id } : { error: refusedBy(warning) };
    });
  } catch (error) {
    const half = Math.ceil(alterations.length / 2);
    if (!(error instanceof Refusal)) return alterations.map(() => ({ error }));
    if (half === alterations.length) {
      const cause = { cause: error };
      return [{ error: new RejectedError('invalid_value', `Moodle does not take a value (${error.code})`, cause) }];
    }
    return [...(await change(client, alterations.slice(0, half))), ...(await change(client, alterations.slice(half)))];
  }
}

function parametersOf({ id, write }: Alteration) {
  return { id, ...write.parameters };
}

function refusedBy({ warningcode, message }: Warning): RejectedError {
  const [reason, detail] = (Object.hasOwn(WARNINGS, warningcode) ? WARNINGS[warningcode] : undefined) ?? [
    'other',
    'Moodle did not change the account',
  ];
  return new RejectedError(reason, `${detail} (${warningcode})`, { words: message ?? null });
}
