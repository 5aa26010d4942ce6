import * as z from 'zod';

// Forms send everything as text, and an empty text clears.
const integer = z.union([z.int().positive(), z.string().regex(/^\d*$/)]).nullable();
const flag = z.union([z.boolean(), z.enum(['true', 'false', '1', '0'])]);
const text = z.string().nullable();
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const user = {
  email: text,
  firstName: text,
  lastName: text,
  integrationExternalId: text,
  language: text,
  jobTitle: text,
  role: text,
  primaryTeamId: integer,
  primaryTeamIntegrationExternalId: text,
  secondaryTeamIds: z.array(integer),
  secondaryTeamIntegrationExternalIds: z.array(z.string()),
  managerId: integer,
  managerEmail: text,
  // A Ruby sample sends it with an update too, though the table of updates does not have it.
  skipInvitation: flag,
  hireDate: text,
  location: text,
  department: text,
  customFields: z.array(z.strictObject({ name: z.string(), value })),
};

const team = {
  name: text,
  integrationExternalId: text,
  managerId: integer,
  parentTeamId: integer,
  tags: text,
};

/**
 * The parameters of the calls and their types. What is required, what excludes what and which values there are is judged by
 * the readers of the bodies, in the order and the words of the vendor's error pages.
 *
 * Source: https://developers.learnamp.com/#users and #teams
 */
export const BODIES = {
  token: z.strictObject({
    grant_type: z.string(),
    client_id: z.string(),
    client_secret: z.string(),
    scope: z.string().optional(),
  }),
  createUser: z.strictObject(user).partial(),
  updateUser: z.strictObject({ ...user, reactivate: flag, occupationRole: text }).partial(),
  createTeam: z
    .strictObject({
      ...team,
      managerEmail: text,
      secondaryManagerIds: z.array(integer),
      parentTeamName: text,
      subTeamIds: z.array(integer),
      subTeamNames: z.array(z.string()),
    })
    .partial(),
  updateTeam: z.strictObject({ ...team, response: z.string() }).partial(),
  /** `isPrimary` stands in samples only. */
  addMember: z.strictObject({ userId: integer, isPrimary: flag, response: z.string() }).partial(),
  join: z
    .strictObject({
      teamId: integer,
      teamName: text,
      teamIntegrationExternalId: text,
      userId: integer,
      userEmail: text,
      isPrimary: flag,
      response: z.string(),
    })
    .partial(),
  addMembers: z.strictObject({ userIds: z.array(integer) }).partial(),
} as const;
