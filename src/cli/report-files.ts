import { resolve } from 'node:path';
import { csvReport, htmlReport, type ReportFile } from '../report/index.js';
import type { CommandWorld } from './process.js';

/** The files that `--html` and `--csv` ask for. */
export function reportFiles(
  { host }: Pick<CommandWorld, 'host'>,
  { html, csv }: { readonly html?: string | undefined; readonly csv?: string | undefined },
): readonly ReportFile[] {
  const files: ReportFile[] = [];
  if (html !== undefined) files.push({ path: resolve(host.cwd(), html), flag: '--html', render: htmlReport });
  if (csv !== undefined) files.push({ path: resolve(host.cwd(), csv), flag: '--csv', render: csvReport });
  return files;
}
