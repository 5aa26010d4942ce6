import type { ErrorCode } from 'yaml';

const MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_ALIAS: 'is not YAML: an alias (*name) has no anchor (&name) before it; a text that begins with * needs quotes',
  BAD_DQ_ESCAPE: 'is not YAML: a text in double quotes holds an unknown \\ escape; single quotes take \\ as it is',
  BAD_INDENT: 'is not YAML: the indentation does not fit the lines above, or a bracket is still open',
  BAD_SCALAR_START: 'is not YAML: a text that begins with @ or ` needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'is not YAML: a second ": " on one line; a text that holds ": " needs quotes',
  MISSING_CHAR: 'is not YAML: a quote, bracket, comma or colon is missing here or before',
  MULTILINE_IMPLICIT_KEY: 'is not YAML: a line without "key: value"',
  MULTIPLE_DOCS: 'holds a second document (---); one file describes one connector',
  NON_STRING_KEY: 'is not YAML that fits here: a key must be plain text',
  TAB_AS_INDENT: 'is not YAML: indentation must be spaces, not tabs',
  TAG_RESOLVE_FAILED: 'holds a tag (!name) that means nothing here; a text that begins with ! needs quotes',
};

/** What a YAML error means to somebody who writes a config. The parser's own words are not used: they quote the file. */
export function syntaxMessage(code: ErrorCode): string {
  return MESSAGES[code] ?? 'is not YAML';
}
