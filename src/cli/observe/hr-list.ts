import type { Config } from '../../config/config.js';
import { hasComeRound } from '../../config/cron.js';
import type { HrPolicy } from '../../config/mail.js';
import type { Correction } from '../../core/corrections.js';
import type { ListedCorrection } from '../../report/corrections-csv.js';
import { composeHrMail } from '../../report/mail/hr-mail.js';
import type { Mail } from '../../report/mail/mail.js';
import type { Store } from '../../store/store.js';
import { correctionsIn } from '../../sync/corrections.js';
import { digest } from '../connector.js';
import type { CommandWorld } from '../process.js';

/** What HR should correct now, with what is new since the last mail. */
export async function listCorrections(store: Store): Promise<readonly ListedCorrection[]> {
  const { digests } = await store.toldCorrections();
  return (await correctionsIn(store)).map((one) => ({ ...one, isNew: !digests.has(digest(one.key)) }));
}

/** Sends HR's list where it is due, and remembers what it listed once it is sent. */
export async function tellHr(
  { now, redact }: Pick<CommandWorld, 'now' | 'redact'>,
  config: Config,
  store: Store,
  send: (mail: Mail) => Promise<boolean>,
): Promise<void> {
  const { hr } = config.notify;
  if (hr === null) return;
  const told = await store.toldCorrections();
  const list = await listCorrections(store);
  if (isDue(hr, list, told.at, config.timezone, now())) {
    const { source, target, name: connector } = config;
    const origin = { connector, source: source.definition.title, target: target.definition.title };
    if (await send(composeHrMail(origin, list, redact)))
      return store.setToldCorrections(list.map(remembered), now().toISOString());
  }
  // What was corrected and goes wrong again is news to HR.
  const known = list.filter(({ isNew }) => !isNew);
  if (known.length < told.digests.size) await store.setToldCorrections(known.map(remembered), told.at);
}

function isDue(
  { on }: HrPolicy,
  list: readonly ListedCorrection[],
  toldAt: string | null,
  timezone: string,
  now: Date,
): boolean {
  if (on === 'changes') return list.some(({ isNew }) => isNew);
  return list.length > 0 && (toldAt === null || hasComeRound(on.cron, timezone, new Date(toldAt), now));
}

function remembered({ key, employee }: Correction) {
  return { digest: digest(key), employeeId: employee?.id ?? null };
}
