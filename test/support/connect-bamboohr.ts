import type { SandboxOptions } from '../../src/sandbox/index.js';
import type { ConfigChanges } from './config.js';
import type { Connect, Connector } from './connector.js';

/** What can be chosen about a connector to BambooHR. */
interface BamboohrOptions {
  readonly people?: number;
  readonly bamboohr?: SandboxOptions['bamboohr'];
  readonly config?: ConfigChanges;
}

/** Opens a connector whose source is BambooHR, paced by nothing. */
export async function connectBamboohr(connect: Connect, options: BamboohrOptions = {}): Promise<Connector> {
  const { people = 40, bamboohr = {}, config = {} } = options;
  const connector = await connect({ people, sandbox: { company: { size: people }, bamboohr } });
  const { url, access } = connector.sandbox.bamboohr;
  await connector.configure({
    ...config,
    source: {
      ...{ type: 'bamboohr', client_id: null, client_secret: null, base_url: url, ...access },
      ...config.source,
    },
    mapping: {
      department: 'customTeam',
      custom_fields: {
        'Cost centre': 'customCostCenter',
        Badge: { from: 'customBadge', type: 'integer', when_empty: 'keep' },
        Skills: 'customSkills',
        'Certified on': 'customCertifiedon',
      },
      ...config.mapping,
    },
  });
  return connector;
}
