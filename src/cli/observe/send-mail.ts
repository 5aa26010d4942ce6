import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import type { SmtpSettings } from '../../config/mail.js';
import type { Mail } from '../../report/mail/mail.js';

/** Sender, recipients and time of a mail. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
  readonly date: Date;
}

/** A conversation may take so many times the time-out of one answer; then the mail counts as not sent. */
const LONGEST = 4;

/** Sends one mail. Resolves with null, or with why it could not be sent: never in the server's own words, which may echo anything. */
export async function sendMail(smtp: SmtpSettings, envelope: Envelope, mail: Mail): Promise<string | null> {
  const ca = await certificatesFor(smtp);
  if (ca === 'unreadable') return CA_UNREADABLE;
  const send = () => attempt(smtp, ca, envelope, mail);
  const first = await send();
  // Nothing was handed over when there was no connection, so a second try sends no mail twice.
  const last = first?.isSafeToRepeat ? await send() : first;
  return last?.reason ?? null;
}

/** Connects and logs in as for a mail, and sends none. Resolves with null, or with why no mail could be sent. */
export async function tryMailServer(smtp: SmtpSettings): Promise<string | null> {
  const ca = await certificatesFor(smtp);
  if (ca === 'unreadable') return CA_UNREADABLE;
  const failure = await inTime(smtp, ca, (transport) => transport.verify().then(() => null, failureOf));
  return failure?.reason ?? null;
}

const CA_UNREADABLE = 'the file of notify.mail.smtp.ca_file cannot be read';

async function certificatesFor({ caFile }: SmtpSettings): Promise<string[] | undefined | 'unreadable'> {
  if (caFile === null) return undefined;
  const own = await readFile(caFile, 'utf8').catch(() => null);
  return own === null ? 'unreadable' : [...rootCertificates, own];
}

interface Failure {
  readonly reason: string;
  readonly isSafeToRepeat: boolean;
}

function attempt(
  smtp: SmtpSettings,
  ca: string[] | undefined,
  { from, to, date }: Envelope,
  { subject, text, html, attachment }: Mail,
): Promise<Failure | null> {
  return inTime(smtp, ca, (transport) =>
    transport
      .sendMail({
        ...{ from, to: [...to], date, subject, text, html },
        // Out-of-office replies to a machine help nobody.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        ...(attachment !== undefined && {
          attachments: [
            { filename: attachment.name, content: attachment.text, contentType: `${attachment.type}; charset=utf-8` },
          ],
        }),
      })
      .then(({ rejected }) => partlyRefused(rejected.length, to.length), failureOf),
  );
}

/** Opens a conversation with the mail server for one piece of work, and closes it whatever happens. */
async function inTime(
  { host, port, user, password, tls, timeoutSeconds }: SmtpSettings,
  ca: string[] | undefined,
  work: (transport: ReturnType<typeof createTransport>) => Promise<Failure | null>,
): Promise<Failure | null> {
  const timeout = timeoutSeconds * 1_000;
  const transport = createTransport({
    ...{ host, port },
    ...{ connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout, dnsTimeout: timeout },
    ...{ secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
    ...(user !== null && password !== null && { auth: { user, pass: password } }),
    ...(ca !== undefined && { tls: { ca } }),
    // A mail is text of our own: nothing in it may name a file or an address to be fetched.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const overall = new AbortController();
  const late = wait(timeout * LONGEST, undefined, { signal: overall.signal }).then(
    (): Failure => ({ reason: 'the mail server took too long', isSafeToRepeat: false }),
    () => null,
  );
  try {
    return await Promise.race([work(transport), late]);
  } finally {
    overall.abort();
    transport.close();
  }
}

function partlyRefused(rejected: number, recipients: number): Failure | null {
  if (rejected === 0) return null;
  return { reason: `the mail server refused ${rejected} of ${recipients} recipients`, isSafeToRepeat: false };
}

function failureOf(error: unknown): Failure {
  const code = textIn(error, 'code');
  const status = textIn(error, 'responseCode');
  const reasons: Readonly<Record<string, string>> = {
    EAUTH: 'the mail server does not accept user and password',
    ETLS: 'the mail server offers no TLS, or its certificate is not trusted',
    EENVELOPE: 'the mail server refused the sender or the recipients',
    EMESSAGE: 'the mail server refused the mail',
    ETIMEDOUT: 'the mail server did not answer in time',
    EDNS: 'the name of the mail server is not known',
    ECONNECTION: 'the mail server could not be reached',
    ESOCKET: 'the mail server could not be reached, or its certificate is not trusted',
  };
  const words = reasons[code] ?? 'the mail server could not be used';
  const facts = [code, status].filter((fact) => /^\w{2,20}$/.test(fact)).join(' ');
  return {
    reason: facts === '' ? words : `${words} (${facts})`,
    isSafeToRepeat: textIn(error, 'command') === 'CONN' && code !== 'ETIMEDOUT',
  };
}

function textIn(error: unknown, key: string): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
