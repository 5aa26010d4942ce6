import { resolve } from 'node:path';
import { csvReport } from '../report/csv.js';
import type { ReportFile } from '../report/files.js';
import { htmlReport } from '../report/html/document.js';
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
