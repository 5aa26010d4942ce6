import type { StateError } from '../errors.js';
import { explainDatabase } from './messages-database.js';
import { said } from './messages-words.js';

const NOTHING_CHANGED = 'Nothing was changed.';

/** Explains why a state is not used. */
export function explainState({ file, problem }: StateError): {
  readonly what: string;
  readonly meaning: string;
  readonly next: string;
} {
  const name = said(file);
  const noun = file.startsWith('postgres:') ? 'state' : 'state file';
  switch (problem.kind) {
    case 'unusable':
      return {
        what: `The state file ${name} cannot be used: ${said(problem.detail)}`,
        meaning: 'Without its memory a run cannot tell what the LMS holds, so nothing was changed.',
        next: isOfInstallation(problem.detail)
          ? `This is Node.js ${process.version}; hrsync was installed with another one. Run "npm rebuild better-sqlite3" in the folder where hrsync is installed (for a global installation "npm rebuild -g better-sqlite3"), or start hrsync with the Node.js of the installation: cron may find another one than your shell. The state file itself is not at fault.`
          : 'Check the path, the rights and the disk. If the file is damaged, put a backup in its place and remove the files beside it that end in -wal and -shm; "state" in the config says where it is.',
      };
    case 'foreign':
      return {
        what: `The ${noun} ${name} belongs to ${said(problem.holds)}, but the config is for ${said(problem.expected)}.`,
        meaning: 'Mixing the two would link people to the wrong accounts, so nothing was changed.',
        next: 'Give each connector a state of its own: another path under "state" in the config, or in a database another "name"; or correct the source or target. If the company has changed its HR system, "hrsync rekey --by work_email --dry-run" shows who is who now.',
      };
    case 'newer':
      return {
        what: `The ${noun} ${name} was written by a newer hrsync (version ${problem.version}; this one knows ${problem.supported}).`,
        meaning: NOTHING_CHANGED,
        next: 'Update hrsync on this machine.',
      };
    case 'mixed':
      return {
        what: `The state file ${name} and the log beside it, ${name}-wal, do not belong together.`,
        meaning: `Most likely a backup was put in its place while the log of the former state stayed. Mixed, they would give wrong figures and wrong changes. ${NOTHING_CHANGED}`,
        next: `If you restored a backup, remove ${name}-wal and ${name}-shm; then "hrsync verify" shows what has happened since. If you did not, put a backup in its place and remove those two files as well.`,
      };
    case 'linked':
      return {
        what: `${said(problem.path)} is a symbolic link.`,
        meaning: `hrsync writes through no link beside its state: somebody else could choose the file that it overwrites. ${NOTHING_CHANGED}`,
        next: 'If you made it, write the path that it stands for under "state" in the config. Otherwise find out who did, and remove it.',
      };
    case 'missing':
      return {
        what: `There is no ${noun} ${name} yet.`,
        meaning: NOTHING_CHANGED,
        next: 'Run "hrsync import-all --dry-run" to see the first plan, then "hrsync import-all". If there should be a state, check "state" in the config.',
      };
    case 'moved':
      return {
        what: `The ${noun} ${name} was moved to ${said(problem.to)}.`,
        meaning: `What is left here is not kept up to date any more. ${NOTHING_CHANGED}`,
        next: 'Set "state" in the config to the new place. "hrsync fleet import" and "hrsync fleet export" move a state back.',
      };
    default:
      return explainDatabase(file, problem);
  }
}

// Nothing is wrong with the file then, and a backup would not help.
function isOfInstallation(detail: string): boolean {
  return detail.includes('npm rebuild');
}
