import type { Person, SandboxOptions } from '../../src/sandbox/index.js';
import type { Account } from '../../src/sandbox/learnamp/account.js';
import type { ConfigChanges } from './config.js';
import { SECRETS } from './config.js';
import type { Connect, Connector } from './connector.js';

/** What can be chosen about a connector to Kombo. */
interface KomboOptions {
  readonly people?: number;
  readonly kombo?: SandboxOptions['kombo'];
  readonly config?: ConfigChanges;
}

/** Opens a connector whose source is Kombo, paced by nothing. */
export async function connectKombo(connect: Connect, options: KomboOptions = {}): Promise<Connector> {
  const { people = 40, kombo = {}, config = {} } = options;
  const settings = { apiKeys: [SECRETS.HR_SECRET], requestsPerMinute: null, ...kombo };
  const connector = await connect({ people, sandbox: { company: { size: people }, kombo: settings } });
  await configureKombo(connector, config);
  return connector;
}

/** Writes the config anew, with changes to the usual one. */
export async function configureKombo(connector: Connector, changes: ConfigChanges = {}): Promise<void> {
  const { url, integrationId } = connector.sandbox.kombo;
  await connector.configure({
    ...changes,
    source: {
      ...{ type: 'kombo', client_id: null, client_secret: null, base_url: url, integration_id: integrationId },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
      api_key: '${HR_SECRET}',
      ...changes.source,
    },
    mapping: {
      custom_fields: {
        'Cost centre': 'cost_center',
        Badge: { from: 'badge', type: 'integer', when_empty: 'keep' },
        Skills: 'skills',
        'Certified on': 'certified_on',
      },
      ...changes.mapping,
    },
  });
}

/** The account that bears the id which Kombo gives to a person. */
export function komboAccount({ lms, sandbox }: Connector, person: Pick<Person, 'id'>): Account {
  const account = lms.findByExternalId(sandbox.kombo.idOf(person));
  if (account === null) throw new Error(`nobody in Learn Amp bears the Kombo id of ${person.id}`);
  return account;
}
