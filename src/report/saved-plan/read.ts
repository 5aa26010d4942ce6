import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ApprovedChange } from '../../core/approved.js';
import { SavedPlanError } from '../../errors-plan.js';
import { changeSchema, headSchema, PLAN_FORMAT, type SavedPlanHead } from './format.js';

/** A plan that was saved, read from its file. */
export interface SavedPlan {
  readonly file: string;
  readonly digest: string;
  /** What proves that the digest was made with a state's key; null where the plan bears none. */
  readonly seal: string | null;
  readonly head: SavedPlanHead;
  /** The changes that are to be carried out, read anew at each call, and held to the digest each time. */
  changes(): AsyncGenerator<ApprovedChange>;
}

/**
 * Opens a saved plan and reads all of it once. Its digest says that it is as it was saved, and its seal by whom: see
 * `sealOf`.
 *
 * @throws SavedPlanError when it is no plan, was edited, or is of a newer hrsync
 */
export async function openSavedPlan(file: string): Promise<SavedPlan> {
  let head: SavedPlanHead | null = null;
  let digest = '';
  let seal: string | null = null;
  for await (const part of parts(file)) {
    if ('head' in part) head = part.head;
    if ('digest' in part) ({ digest, seal } = part);
  }
  if (head === null) throw new SavedPlanError(file, { kind: 'not_a_plan' });
  return {
    file,
    digest,
    seal,
    head,
    async *changes() {
      for await (const part of parts(file)) {
        if ('change' in part) yield part.change;
        if ('digest' in part && part.digest !== digest) throw new SavedPlanError(file, { kind: 'edited' });
      }
    },
  };
}

type FilePart =
  | { readonly head: SavedPlanHead }
  | { readonly change: ApprovedChange }
  | { readonly digest: string; readonly seal: string | null };

// A change is far from it; whatever has such lines was never written here.
const LONGEST_LINE = 50_000_000;
const LAST_LINE = /^"digest":"(sha256:[0-9a-f]{64})"(?:,"seal":"(hmac-sha256:[0-9a-f]{64})")?\}$/;

async function* parts(file: string): AsyncGenerator<FilePart> {
  const hash = createHash('sha256');
  let place = 0;
  let closed = false;
  for await (const line of linesOf(file)) {
    place += 1;
    const [, digest, seal = null] = LAST_LINE.exec(line) ?? [];
    if (digest !== undefined && !closed) {
      if (digest !== `sha256:${hash.digest('hex')}`) throw new SavedPlanError(file, { kind: 'edited' });
      closed = true;
      yield { digest, seal };
      continue;
    }
    if (closed) throw new SavedPlanError(file, { kind: 'edited' });
    hash.update(`${line}\n`);
    if (place === 1) yield { head: headIn(line, file) };
    else if (line.startsWith('{')) yield* changeIn(line, file);
  }
  if (!closed) throw new SavedPlanError(file, { kind: place === 0 ? 'not_a_plan' : 'edited' });
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw new SavedPlanError(file, { kind: 'not_a_plan' });
      yield* lines;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new SavedPlanError(file, { kind: 'unreadable', detail: String(error.code) }, { cause: error });
  }
  if (rest !== '') yield rest;
}

function headIn(line: string, file: string): SavedPlanHead {
  const value = parsed(`${line.replace(/,$/, '')}}`);
  const read = headSchema.safeParse(value);
  if (read.success) return read.data.saved_plan;
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : null;
  const isNewer = typeof format === 'number' && format > PLAN_FORMAT;
  throw new SavedPlanError(file, isNewer ? { kind: 'newer', format, supported: PLAN_FORMAT } : { kind: 'not_a_plan' });
}

function* changeIn(line: string, file: string): Generator<{ readonly change: ApprovedChange }> {
  const read = changeSchema.safeParse(parsed(line.replace(/,$/, '')));
  if (!read.success) throw new SavedPlanError(file, { kind: 'edited' });
  // What waited when the plan was saved is no part of it.
  if (read.data.outcome === 'planned') yield { change: read.data };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
