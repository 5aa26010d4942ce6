import { leaves } from './call/shapes.js';
import type { WebFunction } from './call/web-function.js';
import { addMembersFunction, deleteMembersFunction } from './cohorts/members.js';
import { cohortMembersFunction, cohortsFunction, searchCohortsFunction } from './cohorts/read.js';
import { createCohortsFunction, deleteCohortsFunction, updateCohortsFunction } from './cohorts/write.js';
import type { MoodleSettings } from './settings.js';
import { siteInfoFunction } from './site-info.js';
import { createUsersFunction } from './users/create.js';
import { deleteUsersFunction } from './users/delete.js';
import { usersByFieldFunction, usersFunction } from './users/find.js';
import { passwordResetFunction } from './users/password-reset.js';
import { updateUsersFunction } from './users/update.js';

/** All functions of the stand-in by name. */
export function webFunctions(settings: MoodleSettings): ReadonlyMap<string, WebFunction> {
  const simple = leaves(settings);
  const functions = [
    siteInfoFunction(),
    createUsersFunction(simple),
    updateUsersFunction(simple),
    deleteUsersFunction(simple),
    usersFunction(simple),
    usersByFieldFunction(simple),
    passwordResetFunction(simple),
    createCohortsFunction(simple),
    updateCohortsFunction(simple),
    deleteCohortsFunction(simple),
    cohortsFunction(simple),
    searchCohortsFunction(simple),
    cohortMembersFunction(simple),
    addMembersFunction(simple),
    deleteMembersFunction(simple),
  ];
  return new Map(functions.map((one) => [one.name, one]));
}
