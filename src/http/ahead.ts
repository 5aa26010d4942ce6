/** A request that is under way before it is wanted. Whoever asked may stop before then; its failure concerns nobody then. */
export function ahead<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answer.catch(() => undefined);
  return answer;
}
