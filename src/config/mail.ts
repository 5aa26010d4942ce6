import * as z from 'zod';
import { isEmail } from '../core/email.js';
import { cronProblem } from './cron.js';
import { LOOPBACK } from './environment.js';

/** How the mail server is reached. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: string | null;
  /** `implicit`: TLS from the first byte. `starttls`: TLS before anything is sent, or nothing is. `none`: no TLS. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** Absolute path of further CA certificates (PEM), or null. */
  readonly caFile: string | null;
  readonly timeoutSeconds: number;
}

/** The digest for operators. */
export interface MailPolicy {
  readonly smtp: SmtpSettings;
  readonly from: string;
  readonly to: readonly string[];
  /** After which runs it is sent: failures alone, runs with changes too, every run. */
  readonly on: 'failure' | 'changes' | 'always';
}

/** HR's list of corrections. */
export interface HrPolicy {
  readonly to: readonly string[];
  /** `changes`: after each run that finds something new. A cron expression: with the first run after it has come round. */
  readonly on: 'changes' | { readonly cron: string };
}

/** Monday, 0:00 in the connector's zone. */
const WEEKLY = '0 0 * * 1';
const TLS_PORT = 465;
const SUBMISSION_PORT = 587;
const PLAIN_PORT = 25;

const addressSchema = z.string().refine(isEmail, { error: 'must be an e-mail address' });

/** One recipient or several. */
const recipientsSchema = z.union(
  [addressSchema.transform((address): readonly string[] => [address]), z.array(addressSchema).min(1)],
  { error: 'must be an e-mail address or a list of them' },
);

// A line break would begin another header.
const senderSchema = z.string().refine((sender) => isEmail(sender.replace(/^[^<>\p{Cc}"]*<(.*)>$/u, '$1')), {
  error: 'must be an e-mail address, or a name and an address such as hrsync <hrsync@acme.example>',
});

const hostSchema = z.string().regex(/^[A-Za-z0-9.:-]+$/, { error: 'must be the name of a host or its IP address' });

const smtpObjectSchema = z
  .strictObject({
    host: hostSchema,
    port: z.int().min(1).max(65_535).optional(),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    tls: z.enum(['implicit', 'starttls', 'none']).optional(),
    ca_file: z.string().min(1).optional(),
    timeout_seconds: z.number().positive().max(300).default(30),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    error: 'must have user and password, or neither',
  })
  .refine(({ host, tls, password }) => tls !== 'none' || password === undefined || isLoopback(host), {
    error: 'must not send a password without TLS: leave tls: none out, or user and password',
  })
  .transform(({ host, port, user = null, password = null, tls, ca_file, timeout_seconds }): SmtpSettings => {
    const how = tls ?? (port === TLS_PORT ? 'implicit' : isLoopback(host) ? 'none' : 'starttls');
    return {
      ...{ host, port: port ?? defaultPort(how), user, password, tls: how },
      ...{ caFile: ca_file ?? null, timeoutSeconds: timeout_seconds },
    };
  });

const SMTP_FORM = 'must be a URL such as smtps://USER:PASSWORD@smtp.example.com, or host, user and password';

const smtpUrlSchema = z
  .url({ protocol: /^smtps?$/, hostname: /^[A-Za-z0-9.:[\]-]+$/, error: SMTP_FORM, abort: true })
  .refine((text) => [new URL(text)].every(({ search, hash, pathname }) => `${search}${hash}${pathname}`.length < 2), {
    error: 'must end with the host or its port',
    abort: true,
  })
  .refine((text) => (new URL(text).username === '') === (new URL(text).password === ''), {
    error: 'must have a user and a password, or neither',
    abort: true,
  })
  .refine((text) => decoded(new URL(text).username) !== null && decoded(new URL(text).password) !== null, {
    error: 'holds a % that begins no percent code: write %25 for it',
    abort: true,
  })
  .transform((text): SmtpSettings => {
    const url = new URL(text);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const tls = url.protocol === 'smtps:' ? 'implicit' : isLoopback(host) ? 'none' : 'starttls';
    const port = url.port === '' ? defaultPort(tls) : Number(url.port);
    const [user, password] = [decoded(url.username) || null, decoded(url.password) || null];
    return { host, port, user, password, tls, caFile: null, timeoutSeconds: 30 };
  });

/** `notify.mail`: a digest of runs for operators. */
export const mailSchema = z.strictObject({
  smtp: z.union([smtpUrlSchema, smtpObjectSchema], { error: SMTP_FORM }),
  from: senderSchema,
  to: recipientsSchema,
  on: z.enum(['failure', 'changes', 'always']).default('failure'),
});

const scheduleSchema = z.string().superRefine((pattern, context) => {
  const problem = cronProblem(pattern);
  const message = 'must be weekly, changes, or a cron expression of five fields such as 0 6 * * 1';
  if (problem !== null) context.addIssue({ code: 'custom', message });
});

/** `notify.hr`: the list of what HR should correct. */
export const hrSchema = z
  .strictObject({
    to: recipientsSchema,
    on: z.union([z.literal('weekly'), z.literal('changes'), scheduleSchema]).default('weekly'),
  })
  .transform(({ to, on }): HrPolicy => {
    return { to, on: on === 'changes' ? on : { cron: on === 'weekly' ? WEEKLY : on } };
  });

function defaultPort(tls: SmtpSettings['tls']): number {
  if (tls === 'none') return PLAIN_PORT;
  return tls === 'implicit' ? TLS_PORT : SUBMISSION_PORT;
}

function isLoopback(host: string): boolean {
  return LOOPBACK.test(host) || host === '::1';
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
