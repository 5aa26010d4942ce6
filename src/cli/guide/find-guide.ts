import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { nearest } from '../../config/trouble.js';
import { UsageError } from '../../errors.js';
import { SOURCES } from '../../sources/registry.js';
import { TARGETS } from '../../targets/registry.js';
import { TOPICS } from './topics.js';

/** One guide, before its text is read. */
export interface Guide {
  readonly topic: string;
  /** One line for the list. */
  readonly about: string;
  /** Its Markdown file, relative to the package. */
  readonly path: string;
}

/** The names of every guide: topics in reading order, then sources, then targets. */
export const GUIDE_NAMES: readonly string[] = [
  ...new Set([...Object.keys(TOPICS), ...Object.keys(SOURCES), ...Object.keys(TARGETS)]),
];

/** Every guide. An adapter's guide is the README.md in the folder that bears its `type`. */
export async function listGuides(): Promise<readonly Guide[]> {
  const topics = Object.entries(TOPICS).map(([topic, about]) => ({ topic, about, path: `src/cli/guide/${topic}.md` }));
  return [
    ...topics,
    ...(await guidesOf('src/sources', 'HR system', SOURCES)),
    ...(await guidesOf('src/targets', 'learning platform', TARGETS)),
  ];
}

async function guidesOf(
  folder: string,
  role: string,
  registry: Readonly<Record<string, () => Promise<{ readonly title: string }>>>,
): Promise<readonly Guide[]> {
  const definitions = Object.entries(registry).map(async ([topic, load]) => {
    const { title } = await load();
    return { topic, about: `${title} (${role}): set-up, limits, settings`, path: `${folder}/${topic}/README.md` };
  });
  return Promise.all(definitions);
}

/** Finds a guide by its name in any case; a UsageError suggests the nearest name. */
export async function findGuide(name: string): Promise<Guide> {
  const wanted = name.trim().toLowerCase();
  const guide = (await listGuides()).find(({ topic }) => topic === wanted);
  if (guide !== undefined) return guide;
  const like = nearest(wanted, GUIDE_NAMES);
  const advice = like === null ? '"hrsync guide" lists them' : `did you mean "hrsync guide ${like}"?`;
  throw new UsageError(`there is no guide called ${name}; ${advice}`);
}

/** The Markdown of a guide, read from the package. */
export async function readGuide({ path }: Guide): Promise<string> {
  return readFile(new URL(path, packageFolder()), 'utf8');
}

// The code runs from src, from dist or from an installed package: in each, the nearest package.json above is ours.
function packageFolder(): URL {
  let folder = new URL('./', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const above = new URL('../', folder);
    if (above.href === folder.href) break;
    folder = above;
  }
  return folder;
}
