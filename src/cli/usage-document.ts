import { UsageError } from '../errors.js';
import { errorDocument } from '../report/json.js';
import { jsonText } from '../report/json-text.js';

/** What `--json` prints on stdout for a command line that does not fit together. */
export function usageDocument(sentence: string): string {
  return `${jsonText(errorDocument(new UsageError(sentence)), (text) => text)}\n`;
}
