import * as z from 'zod';
import { LOOPBACK } from './environment.js';
import { type HrPolicy, hrSchema, type MailPolicy, mailSchema } from './mail.js';

/** Whom to tell of a run once it has ended. */
export interface NotifyPolicy {
  /** When the webhook is told: of failures alone, of runs with changes too, of every run. */
  readonly on: 'failure' | 'changes' | 'always';
  readonly webhook: string | null;
  /** Called after every run that came to its end; who watches it notices the one that did not. */
  readonly heartbeat: string | null;
  readonly mail: MailPolicy | null;
  readonly hr: HrPolicy | null;
}

const addressSchema = z
  .url({ protocol: /^https?$/, error: 'must be a URL such as https://hooks.example.com/hrsync', abort: true })
  .refine((url) => url.startsWith('https:') || LOOPBACK.test(new URL(url).hostname), {
    error: 'must begin with https:// (plain http is accepted on loopback only)',
  });

/** `notify`: what tells others of a run. */
export const notifySchema = z
  .strictObject({
    on: z.enum(['failure', 'changes', 'always']).default('failure'),
    webhook: addressSchema.optional(),
    heartbeat: addressSchema.optional(),
    mail: mailSchema.optional(),
    hr: hrSchema.optional(),
  })
  .refine(({ mail, hr }) => hr === undefined || mail !== undefined, {
    error: 'needs notify.mail as well: smtp and from stand there',
    path: ['hr'],
  })
  .transform(
    ({ on, webhook = null, heartbeat = null, mail = null, hr = null }): NotifyPolicy => ({
      ...{ on, webhook, heartbeat, mail, hr },
    }),
  );
