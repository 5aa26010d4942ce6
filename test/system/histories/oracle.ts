import { OUR_ENTITY, type Person } from './hr.js';

/** Whether HR and the filter want an account for somebody, by rules of its own: the oracle borrows nothing. */
export function stageOf(person: Person, today: string): 'wanted' | 'ends' | 'outside' {
  const { status, start_date, termination_date, legal_entity } = person;
  const ended = termination_date !== null && termination_date >= start_date && termination_date < today;
  if (status === 'inactive' || ended) return 'ends';
  return legal_entity === OUR_ENTITY ? 'wanted' : 'outside';
}
