import type { Config } from '../../config/config.js';
import type { MailPolicy } from '../../config/mail.js';
import type { AdapterWorld } from '../../http/world.js';
import { composeDigest } from '../../report/mail/digest.js';
import type { Mail } from '../../report/mail/mail.js';
import { acquireLock, openStore } from '../../store/open.js';
import type { Store } from '../../store/store.js';
import { openConnector, statePlace } from '../connector.js';
import type { CommandWorld } from '../process.js';
import { tellHr } from './hr-list.js';
import { isWorthTelling } from './notify.js';
import type { MailedRun, ToldCauses } from './told-causes.js';

type World = Pick<CommandWorld, 'now' | 'redact' | 'flags'>;

/**
 * Sends the mails that a run gives cause for; gives a sentence for each that could not be sent, and notes it in the state.
 * `told` keeps a server from mailing one cause after every run.
 */
export async function tellByMail(
  world: World,
  config: Config,
  run: MailedRun,
  outside: AdapterWorld,
  told?: ToldCauses,
): Promise<readonly string[]> {
  const { mail } = config.notify;
  if (mail === null) return [];
  // Only here: the package that speaks SMTP would slow every command down.
  const { sendMail } = await import('./send-mail.js');
  const troubles: string[] = [];
  const send: SendTo = async (to, what, composed) => {
    const reason = await sendMail(mail.smtp, { from: mail.from, to, date: world.now() }, composed);
    if (reason !== null) troubles.push(`${what} was not sent: ${reason}; the run itself is not affected`);
    return reason === null;
  };
  if ((told?.isNews(run) ?? true) && isDigestDue(mail, run))
    await send(mail.to, 'the mail to operators (notify.mail)', digestOf(world, run));
  const { hr } = config.notify;
  const tellsHr = hr !== null && run.outcome.whole;
  if (!tellsHr && troubles.length === 0) return [];
  const noted = await inState(config, world, outside, async (store) => {
    if (tellsHr)
      await tellHr(world, config, store, (list) => send(hr.to, "HR's list of corrections (notify.hr)", list));
    if (run.outcome.run !== null && troubles.length > 0) await store.noteUntold(run.outcome.run, troubles.join('; '));
  });
  return noted ? troubles : [...troubles, NOT_NOTED];
}

const NOT_NOTED =
  'the state was in use or could not be opened after the run: mails that depend on it wait for the next run';

/** Sends a mail to some addresses; resolves with whether it was sent. */
type SendTo = (to: readonly string[], what: string, mail: Mail) => Promise<boolean>;

// An account that is open although its ending is due is a failure, whatever the exit code says. Of runs about some people
// alone there may be many a day, so they tell of their own failures only.
function isDigestDue({ on }: MailPolicy, { outcome, overdue }: MailedRun): boolean {
  return (outcome.whole && overdue.length > 0) || isWorthTelling(on, outcome);
}

function digestOf({ redact, flags }: World, { outcome, facts, error, overdue }: MailedRun): Mail {
  const { connector, command, startedAt, finishedAt, exitCode } = outcome;
  const run = { connector, command, startedAt, finishedAt, exitCode, facts, error, overdue };
  return composeDigest({ ...run, config: flags.config }, redact);
}

// The run has given its lock back by now, so another may hold it: then nothing is written.
async function inState(
  config: Config,
  { now }: World,
  outside: AdapterWorld,
  work: (store: Store) => Promise<void>,
): Promise<boolean> {
  try {
    const lock = await acquireLock(config.state, now);
    try {
      const store = await openStore({ ...statePlace(openConnector(config, outside), now), mode: 'write', lock });
      try {
        await work(store);
      } finally {
        await store.close();
      }
    } finally {
      await lock.release();
    }
    return true;
  } catch {
    return false;
  }
}
