import * as z from 'zod';
import { normaliseText } from '../core/text.js';
import { timezoneSchema } from './timezone.js';

/** `timezones`: value of the HR field that `timezone_from` names → zone. */
export const timezonesSchema = z
  .record(z.string().min(1), timezoneSchema)
  .transform((zones) => new Map(Object.entries(zones).map(([place, zone]) => [normaliseText(place), zone])));

/** The zones of people who work elsewhere than the connector's own says. */
export interface ZonePolicy {
  /** The HR field that says where somebody works. */
  readonly from: string;
  readonly zones: ReadonlyMap<string, string>;
}
