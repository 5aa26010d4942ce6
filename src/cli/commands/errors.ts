import { nearest } from '../../config/trouble.js';
import { UsageError } from '../../errors.js';
import { EXIT, isExitCode } from '../../exit.js';
import { errorPagesDocument, findErrorKind, renderErrorKinds, renderErrorPage } from '../../report/error-pages.js';
import { exitPageDocument, renderExitPage } from '../../report/exit-pages.js';
import { ERROR_KINDS } from '../../report/messages-pages.js';
import type { CommandBody } from '../process.js';

/** Explains every kind of error in a line, or one, or an exit code, on a page. Reads nothing, not even a config. */
export function errors(name: string | undefined): CommandBody {
  return async (world) => {
    if (name === undefined) {
      world.print({ text: renderErrorKinds(world), json: errorPagesDocument() });
      return EXIT.done;
    }
    if (/^\d+$/.test(name.trim())) {
      const code = Number(name);
      if (!isExitCode(code)) throw new UsageError(`hrsync has no exit code ${code}; "hrsync --help" lists them`);
      world.print({ text: renderExitPage(code, world), json: exitPageDocument(code) });
      return EXIT.done;
    }
    const kind = findErrorKind(name);
    if (kind === null) throw new UsageError(`there is no error called ${name}; ${adviceFor(name)}`);
    world.print({ text: renderErrorPage(kind, world), json: errorPagesDocument([kind]) });
    return EXIT.done;
  };
}

/** The kind that somebody may have meant by a name that is none, or null. */
export function likeErrorKind(name: string): string | null {
  const begun = ERROR_KINDS.find((kind) => name.length > 2 && kind.toLowerCase().startsWith(name.toLowerCase()));
  const short = ERROR_KINDS.map((kind) => kind.replace(/Error$/, ''));
  const meant = nearest(name, short) ?? nearest(name, ERROR_KINDS);
  return begun ?? ERROR_KINDS.find((kind) => kind === meant || kind === `${meant}Error`) ?? null;
}

function adviceFor(name: string): string {
  const like = likeErrorKind(name);
  return like === null ? '"hrsync errors" lists them' : `did you mean "hrsync errors ${like}"?`;
}
