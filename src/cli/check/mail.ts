import type { NotifyPolicy } from '../../config/notify.js';
import type { Finding } from '../../http/world.js';

/** Whether the mail server of `notify.mail` takes mails: it is connected to and logged in to, and sent nothing. */
export async function mailFindings({ mail }: Pick<NotifyPolicy, 'mail'>): Promise<readonly Finding[]> {
  if (mail === null) return [];
  // Only here: the package that speaks SMTP would slow every command down.
  const { tryMailServer } = await import('../observe/send-mail.js');
  const { host, port, user } = mail.smtp;
  const subject = 'notify.mail';
  const reason = await tryMailServer(mail.smtp);
  if (reason !== null) {
    const message = `${host}:${port}: ${reason}; correct notify.mail.smtp, or no run can tell anybody of a failure`;
    return [{ level: 'error', subject, message, cause: reason.includes('(EAUTH') ? 'credentials' : 'unreachable' }];
  }
  const as = user === null ? 'without a login' : 'and accepts the login';
  return [{ level: 'ok', subject, message: `${host}:${port} answers ${as}; no mail was sent` }];
}
