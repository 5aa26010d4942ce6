import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Why a config cannot be written under a name, or null: nothing is ever written over. */
export function fileProblem(folder: string, name: string): string | null {
  return existsSync(resolve(folder, name)) ? `${name} exists already, and is not overwritten: name another file` : null;
}

/** A name like this one under which nothing stands yet: `hrsync-2.yaml`. */
export function freeName(folder: string, name: string): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.\w+)?$/s.exec(name) ?? [];
  let number = 2;
  while (existsSync(resolve(folder, `${stem}-${number}${ending}`))) number += 1;
  return `${stem}-${number}${ending}`;
}
