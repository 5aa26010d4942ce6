import { EXIT } from '../../exit.js';
import { Stage } from '../demo/stage.js';
import { play } from '../demo/story.js';
import type { CommandBody } from '../process.js';

/** Runs the main job on the sandbox, from the first dry run to a quiet night a month later. */
export function demo(flags: { readonly people: number }): CommandBody {
  return async (world) => {
    const stage = await Stage.open(world, flags.people);
    try {
      await play(stage);
      return EXIT.done;
    } finally {
      await stage.close();
    }
  };
}
