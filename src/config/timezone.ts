import * as z from 'zod';
import { isZone } from '../core/day.js';
import { nearest } from './trouble.js';

/** A zone that this machine's calendar knows. Without one days are judged in UTC, and a warning says so. */
export const timezoneSchema = z.string({ error: 'must be a text' }).superRefine((zone, context) => {
  if (isZone(zone)) return;
  const suggestion = nearest(zone, Intl.supportedValuesOf('timeZone'));
  context.addIssue({
    code: 'custom',
    message: 'is not a time zone; zones are written like Europe/Berlin',
    params: { suggestion },
  });
});
