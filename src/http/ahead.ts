/** A request made ahead of need. If the caller stops before using the answer, a failure is ignored. */
export function ahead<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answer.catch(() => undefined);
  return answer;
}
