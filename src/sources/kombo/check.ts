import { CredentialsError, IncompleteReadError, NotReadyError, PermissionError } from '../../errors.js';
import { RequestError } from '../../http/errors.js';
import { unusualAddress } from '../../http/settings.js';
import type { Finding } from '../../http/world.js';
import type { KomboClient } from './client.js';
import { toolOf, troubleWith } from './readiness.js';
import { ADDRESSES } from './settings.js';
import { askOffer, type Offer, type Supply, supplyOf } from './supply.js';
import { WORDS } from './words.js';

/** Looks at host, key, the state of the integration, whether people can be read, and the HR fields that are needed. */
export async function checkKombo(
  client: KomboClient,
  address: string,
  fields: readonly string[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const offer = await askOffer(client, fields);
    findings.push({ level: 'ok', subject: address, message: 'answers' });
    findings.push({ level: 'ok', subject: 'credentials', message: 'accepted' });
    const trouble = troubleWith(offer.integration);
    if (trouble !== null) throw trouble;
    const { status, setup_status } = offer.integration;
    const message = `${toolOf(offer.integration)} is ${status}, its set-up ${setup_status}`;
    findings.push({ level: 'ok', subject: 'integration', message });
    findings.push(...fieldFindings(fields, offer));
    const { rows } = await client.employees(null, { include_deleted: 'false' }, 1);
    findings.push(employeesFinding(rows.length, toolOf(offer.integration)));
  } catch (error) {
    findings.push(findingFor(error, address));
  }
  return findings;
}

function employeesFinding(rows: number, tool: string): Finding {
  const subject = 'employees';
  if (rows > 0) return { level: 'ok', subject, message: 'readable; Kombo does not say how many there are' };
  const message = `Kombo shows nobody at all, and import-all would stop with exit code 6: the credentials of ${tool} may lack the right to read employees, or a filter in Kombo leaves nobody. Look at both in Kombo's dashboard`;
  return { level: 'warning', subject, message };
}

function fieldFindings(fields: readonly string[], offer: Offer): Finding[] {
  const supplies = fields.map((field) => ({ field, supply: supplyOf(field, offer) }));
  const findings = supplies.flatMap(({ field, supply }) => fieldFinding(field, supply, offer));
  if (findings.length > 0) return findings;
  return [{ level: 'ok', subject: 'fields', message: `all ${fields.length} needed ones are supplied` }];
}

function fieldFinding(field: string, supply: Supply, { integration }: Offer): Finding[] {
  const subject = field === supply.key ? `field ${field}` : `field ${field} (${supply.key})`;
  const tool = toolOf(integration);
  switch (supply.state) {
    case 'supplied':
      return [];
    case 'unknown':
      return [
        { level: 'warning', subject, message: `Kombo does not say whether ${tool} supplies it; a read will tell` },
      ];
    case 'withheld': {
      const cause = IN_THE_CONFIG.has(supply.because) ? 'config' : 'credentials';
      return [{ level: 'error', subject, message: `${tool}: ${WORDS[supply.because].remedy}`, cause }];
    }
  }
}

// Nobody can grant these: the mapping must name something else.
const IN_THE_CONFIG: ReadonlySet<string> = new Set(['not_in_kombo', 'unknown_key', 'unsupported']);

function findingFor(error: unknown, address: string): Finding {
  if (error instanceof CredentialsError) {
    const elsewhere = unusualAddress('source.base_url', address, ADDRESSES);
    const message = `refused (${error.detail}): compare api_key, integration_id and region with the Kombo dashboard${elsewhere}`;
    return { level: 'error', subject: 'credentials', message, cause: 'credentials' };
  }
  if (error instanceof NotReadyError) {
    const cause = error.reason === 'disconnected' ? 'credentials' : 'unreachable';
    return { level: 'error', subject: 'integration', message: `not to be used now: ${error.detail}`, cause };
  }
  if (error instanceof PermissionError) {
    const message = `${error.missing.join(', ')} not allowed (${error.detail}): ask an admin of Kombo`;
    return { level: 'error', subject: 'employees', message, cause: 'credentials' };
  }
  if (error instanceof RequestError || error instanceof IncompleteReadError) {
    return { level: 'error', subject: address, message: error.message, cause: 'unreachable' };
  }
  throw error;
}
