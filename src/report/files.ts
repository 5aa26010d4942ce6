import { HrsyncError } from '../errors.js';
import { EXIT } from '../exit.js';
import type { Redact } from './output.js';
import { requireWritable, writePrivately } from './private-file.js';
import type { Reporter, RunResult } from './reporter.js';
import { withoutSecrets } from './without-secrets.js';

/** A file that is written from the result of a run, beside what the reporter prints. */
export interface ReportFile {
  /** Absolute. */
  readonly path: string;
  /** The flag that asked for it, for messages. */
  readonly flag: string;
  /** Its contents, in pieces; the result holds no secrets. */
  render(result: RunResult): AsyncIterable<string>;
  /** What the result can tell of the file once it is written. */
  written?(): Partial<RunResult>;
}

/** A reporter that writes files when a run has finished, and whether that worked. */
export interface FileReporter {
  readonly reporter: Reporter;
  /** The run's exit code, or that of a file that could not be written although all else is well. */
  exitCode(ofRun: number): number;
}

/**
 * Lets a reporter write files as well: before it tells the result, so that it can tell of them; a file can tell of those
 * that stand before it. A file that fails is an error and takes nothing from the run, which has ended by then.
 *
 * @throws UsageError when a file cannot be written; found before the run begins
 */
export async function withFiles(
  reporter: Reporter,
  files: readonly ReportFile[],
  redact: Redact,
): Promise<FileReporter> {
  for (const { path, flag } of files) await requireWritable(path, flag);
  const troubles: unknown[] = [];
  const exitCode = (ofRun: number) => {
    if (troubles.length === 0 || ofRun !== EXIT.done) return ofRun;
    return troubles[0] instanceof HrsyncError ? troubles[0].exitCode : EXIT.unexpected;
  };
  const finished = async (result: RunResult) => {
    let told = result;
    for (const file of files) {
      try {
        await writePrivately(file.path, file.render(withoutSecrets(told, redact)));
        told = { ...told, ...file.written?.() };
      } catch (error) {
        troubles.push(error);
      }
    }
    await reporter.finished({ ...told, exitCode: exitCode(told.exitCode) });
    for (const trouble of troubles) reporter.failed(trouble);
  };
  return { reporter: files.length === 0 ? reporter : { ...reporter, finished }, exitCode };
}
