import { resolve } from 'node:path';
import type { ServeConfig } from './between-nights.js';
import type { NotifyPolicy } from './notify.js';

/** The section `serve` with absolute paths. */
export function withFolder({ tls, ...serve }: ServeConfig, folder: string): ServeConfig {
  if (tls === undefined) return { ...serve, tls };
  return { ...serve, tls: { cert_file: resolve(folder, tls.cert_file), key_file: resolve(folder, tls.key_file) } };
}

/** The section `notify` with absolute paths. */
export function withCaFolder(notify: NotifyPolicy, folder: string): NotifyPolicy {
  const smtp = notify.mail?.smtp;
  if (!notify.mail || !smtp?.caFile) return notify;
  return { ...notify, mail: { ...notify.mail, smtp: { ...smtp, caFile: resolve(folder, smtp.caFile) } } };
}
