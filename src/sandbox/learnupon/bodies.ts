import * as z from 'zod';
import { USER_TYPES } from './user.js';

const integer = z.union([z.int().positive(), z.string().regex(/^\d+$/)]);
// Which of the two forms a portal heeds is a setting; both are understood.
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]).nullable();
const text = z.string().nullable();
const day = z.union([z.iso.date(), z.literal(''), z.null()]);
const custom = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.null(), z.array(z.union([z.string(), z.number()]))]),
);

const user = {
  email: text,
  username: text,
  password: z.string(),
  first_name: text,
  last_name: text,
  language: text,
  enabled: flag,
  account_expires: day,
  user_type: z.enum(USER_TYPES),
  timezone_id: text,
  CustomData: custom,
  change_password_on_first_login: flag,
  can_enroll: flag,
  can_unenroll_users: flag,
  can_mark_complete: flag,
  can_move_groups: flag,
  can_act_as_instructor: flag,
  can_manage_trainings: flag,
  can_manage_sessions: flag,
  tutor_can_edit_their_courses: flag,
  tutor_can_create_courses: flag,
  membership_type: text,
  sf_contact_id: text,
  sf_user_id: text,
};

/** A membership by number: learner, admin, instructor, manager. */
const membershipType = z.union([z.literal([1, 2, 3, 4]), z.literal(['1', '2', '3', '4'])]);

/**
 * What stands inside the wrapper of a body: the keys and their types. Which keys are required is judged where they are read.
 *
 * Source: https://docs.learnupon.com/api/
 */
export const BODIES = {
  createUser: z.strictObject(user).partial(),
  updateUser: z.strictObject({ ...user, new_email: text, new_username: text }).partial(),
  portalInvite: z
    .strictObject({
      email: text,
      username: text,
      first_name: text,
      last_name: text,
      expires_at: day,
      group_id: integer.nullable(),
      CustomData: custom,
      portal_membership_type_id: membershipType,
      sf_contact_id: text,
      sf_user_id: text,
    })
    .partial(),
  groupInvite: z
    .strictObject({
      email_addresses: z.string(),
      group_id: integer.nullable(),
      group_membership_type_id: membershipType,
    })
    .partial(),
  createGroup: z.strictObject({ title: text, description: text, sso_sync: flag }).partial(),
  addMember: z.strictObject({ group_id: integer, user_id: integer, process_enrollments: flag }).partial(),
  removeMember: z.strictObject({ group_id: integer, user_id: integer, process_unenrollments: flag }).partial(),
} as const;
