import { readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapping } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

// `at name (file:///opt/hrsync/dist/chunk-ABC.js:12:34)`, as an address or as a path.
const PLACE = /((?:file:\/\/)?\/[^\s()]*\/dist\/[\w-]+\.js):(\d+):(\d+)/g;

/**
 * Makes the stack of a defect name our source files instead of the bundle's. The maps are read only now: Node's own
 * switch would read every one of them at each start.
 */
export async function nameOurFiles(error: unknown): Promise<void> {
  const maps = new Map<string, SourceMap | null>();
  for (let one = error; one instanceof Error; one = one.cause) {
    const stack = one.stack ?? '';
    for (const [, file = ''] of stack.matchAll(PLACE)) if (!maps.has(file)) maps.set(file, await mapOf(file));
    one.stack = stack.replace(PLACE, (place, file: string, line: string, column: string) => {
      const entry: Partial<SourceMapping> = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1) ?? {};
      const { originalSource, originalLine = 0, originalColumn = 0 } = entry;
      if (originalSource === undefined) return place;
      return `${originalSource.replace(/^(\.\.\/)+/, '')}:${originalLine + 1}:${originalColumn + 1}`;
    });
  }
}

async function mapOf(file: string): Promise<SourceMap | null> {
  try {
    const path = fileURLToPath(file.startsWith('file:') ? file : pathToFileURL(file));
    return new SourceMap(JSON.parse(await readFile(`${path}.map`, 'utf8')));
  } catch {
    return null;
  }
}
