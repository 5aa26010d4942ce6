import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { CredentialsError, HrsyncError, PermissionError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import type { MoodleClient } from './client.js';
import { Refusal } from './errors.js';
import { whyWithheld } from './fields.js';
import { inviteBy, type MoodleSettings } from './settings.js';
import type { Site } from './site.js';

interface Checked {
  readonly client: Pick<MoodleClient, 'createUsers' | 'updateUsers' | 'deleteUser' | 'createCohort' | 'searchCohorts'>;
  readonly admit: () => Promise<Site>;
  readonly settings: MoodleSettings;
}

/** A call that changes nothing, and the refusal by which Moodle shows that it would be allowed. */
interface Probe {
  readonly subject: string;
  readonly ask: () => Promise<unknown>;
  /** The code of the refusal; null where it answers. */
  readonly refusedWith: string | null;
}

/** No account has it. */
const NOBODY = '0';

/** Looks at the site, the rights and the mapped fields; changes nothing and never throws. */
export async function checkMoodle(checked: Checked, fields: readonly string[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const { release, functions } = await checked.admit();
    findings.push({
      level: 'ok',
      subject: 'credentials',
      message: `accepted by Moodle ${release}; accounts are readable`,
    });
    for (const probe of probesFor(checked, functions)) findings.push(await findingOf(probe));
  } catch (error) {
    findings.push(findingFor(error, 'credentials', checked.settings.base_url));
  }
  return [...findings, ...fieldFindings(fields, checked.settings), ...invitationFindings(checked.settings)];
}

/**
 * Each of these fails after its check of rights, on its own data: a first name that is empty, accounts that do not exist, and
 * a name that is longer than its column.
 */
function probesFor({ client, settings }: Checked, functions: ReadonlySet<string>): readonly Probe[] {
  const nameless = {
    ...{
      username: 'hrsync-probe',
      firstname: '',
      lastname: 'Probe',
      email: 'hrsync-probe@example.com',
      auth: settings.auth,
    },
    ...(inviteBy(settings) === 'password_mail' && { createpassword: true }),
  };
  return [
    { subject: 'right to create accounts', ask: () => client.createUsers([nameless]), refusedWith: 'invalidparameter' },
    { subject: 'right to update accounts', ask: () => client.updateUsers([{ id: NOBODY }]), refusedWith: null },
    ...(functions.has('core_user_delete_users')
      ? [
          {
            subject: 'right to delete accounts',
            ask: () => client.deleteUser(NOBODY),
            refusedWith: 'invalidrecordunknown',
          },
        ]
      : []),
    ...(settings.cohorts === 'own'
      ? [
          {
            subject: 'right to make cohorts',
            ask: () => client.createCohort('x'.repeat(300)),
            refusedWith: 'dmlwriteexception',
          },
          { subject: 'right to see cohorts', ask: () => client.searchCohorts(), refusedWith: null },
        ]
      : []),
  ];
}

async function findingOf({ subject, ask, refusedWith }: Probe): Promise<Finding> {
  try {
    await ask();
    if (refusedWith === null) return { level: 'ok', subject, message: 'given' };
    return { level: 'warning', subject, message: `Moodle did not refuse a call that should change nothing` };
  } catch (error) {
    if (!(error instanceof Refusal)) return findingFor(error, subject, subject);
    if (error.code === refusedWith) return { level: 'ok', subject, message: 'given' };
    return { level: 'warning', subject, message: `cannot be told: Moodle answered ${error.code}` };
  }
}

function fieldFindings(fields: readonly string[], settings: MoodleSettings): Finding[] {
  const withheld = fields.flatMap((field): Finding[] => {
    const why = whyWithheld(field, settings);
    return why === null ? [] : [{ level: 'warning', subject: `field ${field}`, message: why }];
  });
  const named = fields.flatMap((field) =>
    field.startsWith(CUSTOM_FIELD_PREFIX) ? field.slice(CUSTOM_FIELD_PREFIX.length) : [],
  );
  const custom = [...named, ...(settings.manager_to === undefined ? [] : [settings.manager_to])];
  if (custom.length === 0) return withheld;
  const message = `Moodle lists no custom profile fields and ignores unknown ones: compare the short names, capitals included, with Site administration > Users > User profile fields: ${custom.join(', ')}; each write is read back`;
  return [...withheld, { level: 'warning', subject: 'custom fields', message }];
}

function invitationFindings(settings: MoodleSettings): Finding[] {
  if (inviteBy(settings) === 'none') return [];
  const message =
    'Moodle does not tell whether mails leave: try one on an account of your own, and look at the no-reply address of the site';
  return [{ level: 'warning', subject: 'invitations', message }];
}

function findingFor(error: unknown, subject: string, address: string): Finding {
  if (error instanceof CredentialsError) {
    return { level: 'error', subject: 'credentials', message: `refused: ${error.detail}`, cause: 'credentials' };
  }
  if (error instanceof PermissionError) {
    const message = `missing: ${error.missing.join(', ')} (${error.detail})`;
    return { level: 'error', subject, message, cause: 'credentials' };
  }
  if (!(error instanceof HrsyncError)) throw error;
  return { level: 'error', subject: address, message: error.message, cause: 'unreachable' };
}
