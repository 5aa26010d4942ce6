import * as z from 'zod';

// Samples leave keys out and hold empty objects where a user or team belongs: whatever cannot be read counts as unsaid.
const text = z.string().nullish().catch(undefined);

/** A team in any form: https://developers.learnamp.com/#show-a-team */
export const teamSchema = z.object({ id: z.int(), name: text });

/** A user in the brief or the full form: https://developers.learnamp.com/#show-a-user */
export const userSchema = z.object({
  id: z.int(),
  firstName: text,
  lastName: text,
  email: text,
  integrationExternalId: text,
  jobTitle: text,
  location: text,
  department: text,
  hireDate: text,
  language: text,
  role: text,
  occupationRole: text,
  primaryTeam: teamSchema.nullish().catch(undefined),
  secondaryTeams: z.array(teamSchema).nullish().catch(undefined),
  manager: z.object({ id: z.int() }).nullish().catch(undefined),
  status: z.object({ status: text }).nullish().catch(undefined),
});

export type User = z.infer<typeof userSchema>;
export type Team = z.infer<typeof teamSchema>;

/** One page of https://developers.learnamp.com/#view-all-users */
export const usersSchema = z.object({ users: z.array(userSchema) }).transform(({ users }) => users);

/** One page of https://developers.learnamp.com/#view-all-teams */
export const teamsSchema = z.object({ teams: z.array(teamSchema) }).transform(({ teams }) => teams);

/** The reply to https://developers.learnamp.com/#authentication; `expires_in` in seconds, `scope` space separated. */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional().catch(undefined),
  scope: z.string().optional().catch(undefined),
});

/** An error of the API (https://developers.learnamp.com/#errors) or, with a description, of its token endpoint. */
export const errorSchema = z.object({
  error: z.string(),
  error_description: z.string().optional().catch(undefined),
});
