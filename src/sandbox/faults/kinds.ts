import type { Fault } from './fault.js';

/** What each fault does, in one sentence; with its further keys. */
export const FAULT_KINDS: Readonly<Record<Fault['kind'], string>> = {
  status: 'answers with an error: --set status=503, --set retryAfter=30',
  error_after_commit: 'does what was asked, then answers 500',
  revoke_tokens: 'every token given out so far is void',
  html: 'answers with a web page',
  empty_body: 'answers with nothing',
  truncated_json: 'cuts the answer off',
  reset_before_commit: 'cuts the connection before doing anything',
  reset_after_commit: 'does what was asked, then cuts the connection',
  timeout_before_commit: 'never answers, and does nothing',
  timeout_after_commit: 'does what was asked, and never answers',
  wrong_charset: 'answers in ISO-8859-1 without saying so',
  clock_skew: 'its clock is off: --set days=400',
  slow_drip: 'answers very slowly: --set every=200',
  short_page: 'a page of a list holds half of its rows',
  repeated_page: 'a page of a list comes twice',
  shrinking_total: 'the total of a list shrinks from page to page',
  empty_list: 'lists nobody, in a perfectly good answer',
  short_list: 'lists half of the people, in a perfectly good answer: --set keep=0.5',
  shuffled_rows: 'lists rows in another order on each page',
  lost_attribute: 'fields may not be read any more: --set attributes=KEY,KEY',
};
