import type { AccountData } from './account.js';
import type { Body } from './body.js';
import { readCustomFields } from './custom-fields.js';
import type { WriteContext } from './environment.js';
import { invalid, refuse } from './refusal.js';
import { readCodes, readIdentity, readPlainTexts } from './user-fields.js';
import { readManager, readTeams } from './user-links.js';
import { isBlank } from './values.js';

const eitherOr = [
  ['primaryTeamId', 'primaryTeamIntegrationExternalId'],
  ['secondaryTeamIds', 'secondaryTeamIntegrationExternalIds'],
  ['managerId', 'managerEmail'],
] as const;

/** Turns a body into what it changes. Throws a `Refusal` for the first thing that is wrong; nothing is written then. */
export function readUserWrite(body: Body, context: WriteContext): Partial<AccountData> {
  requireFields(body, context);
  for (const [one, other] of eitherOr) {
    if (one in body && other in body) throw refuse(400, `${one}, ${other} are mutually exclusive`);
  }
  return {
    ...readIdentity(body, context),
    ...readPlainTexts(body),
    ...readCodes(body, context),
    ...readTeams(body, context),
    ...readManager(body, context),
    ...readCustomFields(body, context),
  };
}

function requireFields(body: Body, { account, settings }: WriteContext): void {
  const required = ['email', 'firstName', 'lastName'];
  const mayBeAbsent = account !== null && !settings.updateRequiresNames;
  const problems = required.flatMap((field): [string, string[]][] => {
    if (!(field in body)) return mayBeAbsent ? [] : [[field, ['is missing', 'is empty']]];
    return isBlank(body[field]) ? [[field, ['is empty']]] : [];
  });
  if (problems.length > 0) throw invalid(Object.fromEntries(problems));
}
