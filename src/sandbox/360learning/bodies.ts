import * as z from 'zod';
import { LANGUAGES, ROLES } from './user.js';

const id = z.string().regex(/^[a-fA-F0-9]{24}$/, 'is not an id of 24 hexadecimal digits');
// An empty text is refused everywhere: null clears, where the key may be null.
const text = z.string().min(1);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'must be YYYY-MM-DDThh:mm:ss.sssZ');
/** What an external id can belong to. */
export const TARGET_TYPES = [
  ...(['attempt', 'classroom', 'classroomAttendance', 'classroomAttendanceSheet', 'classroomSlot'] as const),
  ...(['classroomSlotRegistration', 'course', 'group', 'learningNeed', 'path', 'pathEnrollment'] as const),
  ...(['pathSession', 'pathTracking', 'registrationRequest', 'user'] as const),
] as const;
const lang = z.string().refine((code) => LANGUAGES.has(code), 'is not a known code');

/**
 * The bodies of the calls, with the keys that are required, their types, their lists of values and their shortest lengths.
 *
 * Source: the vendor's OpenAPI documents (core and bulk) behind https://360learning.readme.io/reference
 */
export const BODIES = {
  token: z.strictObject({
    grant_type: z.literal('client_credentials'),
    client_id: z.string(),
    client_secret: z.string(),
    user_id: id.optional(),
    company_id: id.optional(),
  }),
  createUser: z.strictObject({
    membership: z.strictObject({ groupId: id, role: z.enum(ROLES) }),
    firstName: text.optional(),
    lastName: text.optional(),
    phone: text.optional(),
    job: text.optional(),
    organization: text.optional(),
    custom: text.optional(),
    mail: text.optional(),
    username: text.optional(),
    primaryGroupId: id.optional(),
    toBeDeactivatedAt: instant.optional(),
    lang: lang.optional(),
  }),
  updateUser: z.strictObject({
    firstName: text.nullish(),
    lastName: text.nullish(),
    phone: text.nullish(),
    job: text.nullish(),
    organization: text.nullish(),
    custom: text.nullish(),
    mail: text.nullish(),
    username: text.nullish(),
    primaryGroupId: id.nullish(),
    toBeDeactivatedAt: instant.nullish(),
    profileImageId: id.nullish(),
    lang: lang.optional(),
  }),
  createCustomField: z.strictObject({
    name: z.string(),
    targetType: z.enum(['users', 'contents']),
    type: z.enum(['string', 'date']),
  }),
  /** All three keys of a value are required, the field's own type among them. */
  customValues: z.strictObject({
    customValues: z
      .array(z.strictObject({ customFieldId: id, type: z.enum(['string', 'date']), value: text }))
      .max(300),
  }),
  externalId: z.strictObject({
    platform: text,
    targetId: id,
    targetType: z.enum(TARGET_TYPES),
    value: text,
  }),
  /** How many items there may be is refused with a code of its own. */
  memberships: z.strictObject({
    input: z.array(z.strictObject({ userId: id, groupId: id, role: z.enum(ROLES) })),
  }),
} as const;

/** What a create and an update have in common; null clears, and only an update can. */
export type UserBody = z.output<typeof BODIES.updateUser>;
