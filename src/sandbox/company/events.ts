import * as z from 'zod';
import { isDay } from '../../core/day.js';

const day = z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD');
const person = z.number().int();
const text = z.string().min(1);

/** The fields that can be emptied; the names are those of `PersonData`. */
const clearable = z.enum([
  'preferredName',
  'email',
  'gender',
  'position',
  'supervisorId',
  'hireDate',
  'contractEndDate',
  'lastWorkingDay',
  'legalEntityId',
  'officeId',
  'departmentId',
  'teamId',
]);

/** Everything that can happen in HR, as it is told to `applyEvent` or posted to the control API. */
export const companyEventSchema = z.discriminatedUnion('kind', [
  /** A new profile; whoever starts later than today is onboarding. */
  z.strictObject({
    kind: z.literal('hire'),
    firstName: text,
    lastName: text,
    email: z.string().nullable().default(null),
    on: day.optional(),
    position: text.optional(),
    department: text.optional(),
    supervisor: person.optional(),
  }),
  z.strictObject({ kind: z.literal('move_hire_date'), person, to: day }),
  z.strictObject({ kind: z.literal('withdraw_hire'), person, how: z.enum(['delete', 'inactive']).default('delete') }),
  z.strictObject({ kind: z.literal('promote'), person, to: text }),
  /** Renames a unit for everybody in it; nobody's profile counts as modified. */
  z.strictObject({ kind: z.literal('rename_department'), department: text, to: text }),
  /** The same for units of other kinds. */
  z.strictObject({
    kind: z.literal('rename_unit'),
    of: z.enum(['team', 'office', 'legal_entity', 'cost_center']),
    unit: text,
    to: text,
  }),
  z.strictObject({ kind: z.literal('change_department'), person, to: text }),
  z.strictObject({ kind: z.literal('change_manager'), person, to: person.nullable() }),
  z.strictObject({
    kind: z.literal('change_name'),
    person,
    firstName: text.optional(),
    lastName: text.optional(),
    email: text.optional(),
  }),
  z.strictObject({ kind: z.literal('change_email'), person, to: z.string().nullable() }),
  z.strictObject({ kind: z.literal('swap_emails'), person, with: person }),
  z.strictObject({
    kind: z.literal('terminate'),
    person,
    on: day,
    lastWorkingDay: day.optional(),
    type: text.default('employee'),
    reason: text.optional(),
  }),
  /** Takes the dates back; somebody inactive is active again. */
  z.strictObject({ kind: z.literal('withdraw_termination'), person }),
  z.strictObject({
    kind: z.literal('set_status'),
    person,
    status: z.enum(['onboarding', 'active', 'leave', 'inactive']),
  }),
  /**
   * A new profile for a former employee. It gets the old profile's address, and the old one's gets an underscore and
   * five random characters, before the @ or at the end.
   */
  z.strictObject({
    kind: z.literal('rehire'),
    person,
    on: day.optional(),
    position: text.optional(),
    mark: z.enum(['local_part', 'end']).default('local_part'),
  }),
  z.strictObject({ kind: z.literal('clear'), person, field: clearable }),
  z.strictObject({
    kind: z.literal('set_custom'),
    person,
    key: text,
    value: z.union([z.string(), z.number(), z.array(z.string()), z.null()]),
  }),
  z.strictObject({ kind: z.literal('delete'), person }),
]);

/** An event with its defaults filled in. */
export type ParsedEvent = z.output<typeof companyEventSchema>;

/** An event as one writes it: what has a default may be left out. */
export type CompanyEvent = z.input<typeof companyEventSchema>;
