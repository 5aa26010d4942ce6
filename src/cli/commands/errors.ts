import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { errorPagesDocument, findErrorKind, renderErrorKinds, renderErrorPage } from '../../report/index.js';
import type { CommandBody } from '../process.js';

/** Explains every kind of error in a line, or one on a page. Reads nothing, not even a config. */
export function errors(name: string | undefined): CommandBody {
  return async (world) => {
    if (name === undefined) {
      world.print({ text: renderErrorKinds(world), json: errorPagesDocument() });
      return EXIT.done;
    }
    const kind = findErrorKind(name);
    if (kind === null) throw new UsageError(`there is no error called ${name}; "hrsync errors" lists them`);
    world.print({ text: renderErrorPage(kind, world), json: errorPagesDocument([kind]) });
    return EXIT.done;
  };
}
