import type { CommandBody } from '../process.js';
export function demo(_flags: { people: number }): CommandBody {
  return async () => 0;
}
