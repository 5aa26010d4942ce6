import { expect, it } from 'vitest';
import { Patience } from '../../../src/http/patience.js';

it('lasts for half an hour whatever comes of it, and for six seconds more with each answer', () => {
  const patience = new Patience();
  patience.waited(30 * 60_000);
  expect(patience.isOver).toBe(false);
  patience.waited(1);
  expect(patience).toMatchObject({ isOver: true, minutes: 30 });
  patience.answered();
  expect(patience.isOver).toBe(false);
});
