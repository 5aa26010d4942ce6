import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../../exit.js';
import { Stage } from '../demo/stage.js';
import { play } from '../demo/story.js';
import type { CommandBody } from '../process.js';
import { temporaryFolder } from '../temporary-folder.js';

interface DemoFlags {
  readonly people: number;
  readonly source: string;
  readonly target: string;
  /** Whether the page for HR is to be opened in a browser. */
  readonly open?: true | undefined;
}

/** Runs the main job on the sandbox, from the first dry run to a quiet night a month later. The page for HR stays. */
export function demo(flags: DemoFlags): CommandBody {
  return async (world) => {
    const page = join(await mkdtemp(join(temporaryFolder(world.host), 'hrsync-demo-')), 'plan.html');
    const stage = await Stage.open(world, flags);
    try {
      await play(stage, page);
      if (flags.open) await openPage(page, (sentence) => world.reporter.note(sentence));
      return EXIT.done;
    } finally {
      await stage.close();
    }
  };
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', linux: 'xdg-open' };

// A machine without a browser is no reason to fail: the path was printed.
async function openPage(page: string, note: (sentence: string) => void): Promise<void> {
  const opener = OPENERS[process.platform];
  const isOpen =
    opener !== undefined &&
    (await new Promise<boolean>((resolve) => {
      const child = spawn(opener, [page], { stdio: 'ignore', detached: true });
      child.once('error', () => resolve(false));
      child.once('spawn', () => resolve(true));
      child.unref();
    }));
  if (!isOpen) note(`no browser could be started here: open ${page} yourself`);
}
