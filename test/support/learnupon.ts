import type { User as LearnUponUser } from '../../src/sandbox/learnupon/user.js';
import { type ConfigChanges, SECRETS } from './config.js';
import type { Connect, Connector, ConnectorOptions } from './connector.js';

/** What is usual for a connector to LearnUpon, with changes. */
export interface PortalOptions extends Pick<ConnectorOptions, 'people' | 'sandbox'> {
  readonly target?: Readonly<Record<string, unknown>> | undefined;
  readonly mapping?: Readonly<Record<string, unknown>> | undefined;
  readonly config?: ConfigChanges | undefined;
}

const MAPPING = {
  leave_date: 'termination_date',
  job_title: null,
  primary_team: null,
  department: null,
  primary_location: null,
  hire_date: null,
  custom_fields: {
    'Cost centre': { from: 'cost_center', type: 'string' },
    Badge: 'dynamic_1234567',
    'Hire date': 'start_date',
    Skills: 'dynamic_2345678',
  },
};

/** Opens a connector whose learning platform is the LearnUpon stand-in; accounts are made at once unless told otherwise. */
export async function connectPortal(connect: Connect, options: PortalOptions = {}): Promise<Connector> {
  const { people = 12, sandbox = {}, target, mapping, config } = options;
  const keys = { username: 'lms-user', password: SECRETS.LMS_SECRET };
  const connector = await connect({ people, sandbox: { ...sandbox, learnupon: { keys, ...sandbox.learnupon } } });
  await configurePortal(connector, { target, mapping, config });
  return connector;
}

/** Writes the config of a connector to LearnUpon anew. */
export function configurePortal(
  connector: Connector,
  { target, mapping, config = {} }: Pick<PortalOptions, 'target' | 'mapping' | 'config'> = {},
): Promise<void> {
  return connector.configure({
    ...config,
    target: {
      type: 'learnupon',
      base_url: connector.sandbox.learnupon.url,
      client_id: null,
      client_secret: null,
      username: 'lms-user',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
      password: '${LMS_SECRET}',
      invite_strategy: 'create_enabled',
      employee_id_field: 'Employee id',
      manager_to: 'Manager',
      custom_data: { Skills: { type: 'multi_choice' } },
      ...target,
    },
    mapping: { ...MAPPING, ...mapping },
  });
}

/** The user of an address, who must exist. */
export function portalUser({ sandbox }: Connector, email: string | null): LearnUponUser {
  const user = email === null ? null : sandbox.portal.findByEmail(email);
  if (user === null) throw new Error(`nobody in LearnUpon has the address ${email}`);
  return user;
}

/** A custom value of a user by its label. */
export function customValue({ sandbox }: Connector, user: LearnUponUser, label: string): unknown {
  const index = sandbox.learnupon.settings.values.definitions.findIndex((one) => one.label === label);
  return user.custom[501 + index];
}

/** What could have changed something in LearnUpon since the last look. */
export function takePortalWrites({ sandbox }: Connector): readonly string[] {
  const writes = sandbox.learnupon.requests.writes().map(({ method, path }) => `${method} ${path.slice(7)}`);
  sandbox.learnupon.requests.clear();
  return writes;
}
