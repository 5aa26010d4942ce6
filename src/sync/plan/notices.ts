import { count } from '../../core/count.js';
import { sayIds } from '../../core/employee.js';
import { sayKey } from '../../core/employee-key.js';
import { SWITCHED, sayOff } from '../../core/rollout.js';
import type { RunContext } from '../context.js';
import type { Drafts } from './decisions.js';
import type { NightlyChanges } from './nightly-changes.js';
import { unplacedNotices } from './settle.js';

/** How many people a sentence names. */
const NAMED = 20;

export function rolloutNotices({ target }: RunContext, { leftOpen, heldBackBy }: NightlyChanges): string[] {
  const off = [...heldBackBy].map(([by, number]) => {
    return `${sayOff(by)}: ${count(number, 'change is', 'changes are')} held back (${SWITCHED[by]})`;
  });
  if (leftOpen.length === 0) return off;
  const open = count(leftOpen.length, 'account of a leaver stays', 'accounts of leavers stay');
  return [...off, `${open} open in ${target.title}: ${sayIds(leftOpen, NAMED)}`];
}

export function touchNotices(
  { target, mapping }: RunContext,
  { unknownRights, strangers, reopened, waitForNight }: Drafts,
): string[] {
  const notices: string[] = [];
  if (unknownRights > 0) {
    const accounts = count(unknownRights, 'account');
    notices.push(`${target.title} does not tell the rights of ${accounts} that are linked, re-addressed or ended here`);
  }
  if (strangers.length > 0) {
    const bear = count(strangers.length, 'account bears', 'accounts bear');
    const check = 'look whether the ids are those of an earlier HR system';
    notices.push(
      `${bear} the ${sayKey(mapping.key)} of an employee, but another name and address than HR has: ${sayIds(strangers, NAMED)}; ${check}`,
    );
  }
  if (reopened.length > 0) {
    const accounts = count(reopened.length, 'account was', 'accounts were');
    const then = 'so nothing is deleted there; "hrsync verify" shows them';
    notices.push(
      `${accounts} opened in ${target.title} by hand after hrsync closed it: ${sayIds(reopened, NAMED)}; ${then}`,
    );
  }
  if (waitForNight > 0) {
    const people = count(waitForNight, 'person has', 'people have');
    notices.push(`${people} an account already: only "hrsync import-all" links it`);
  }
  return notices;
}

export function noticesOf(
  context: RunContext,
  { existingStaff, early, unreached, paused, pending, moved, unplaced, left }: NightlyChanges,
  missing: number,
): string[] {
  const { source, target, firstImport } = context;
  const people = (number: number) => count(number, 'person', 'people');
  const notices: string[] = [];
  if (existingStaff > 0) {
    const who = `${people(existingStaff)} hired before the first import (${firstImport})`;
    notices.push(
      `${who} ${existingStaff === 1 ? 'gets' : 'get'} an account without an invitation (invitations.existing_staff: skip)`,
    );
  }
  if (unreached.length > 0) {
    const who = count(unreached.length, 'person gets', 'people get');
    notices.push(
      `${who} an account and no invitation, because HR has no e-mail address: ${sayIds(unreached, NAMED)}; tell them their user name by hand`,
    );
  }
  if (early > 0) {
    const why = `${target.title} cannot mail them later, so send these invitations by hand`;
    notices.push(`${count(early, 'person gets', 'people get')} an account early: ${why}`);
  }
  if (pending.length + moved.length > 0) {
    const waiting = [...pending, ...moved];
    const have = count(waiting.length, 'person has', 'people have');
    notices.push(`${have} not accepted their invitation yet: ${sayIds(waiting, NAMED)}`);
  }
  if (moved.length > 0) {
    const [one = ''] = moved;
    const then = `withdraw it in ${target.title} by hand, then "hrsync invite send ${one}"`;
    notices.push(`the invitation went to an address that HR has changed since: ${sayIds(moved, NAMED)}; ${then}`);
  }
  if (paused > 0) {
    const changes = count(paused, 'change waits', 'changes wait');
    notices.push(`${changes} for the next try after a failure; "hrsync status" says whose, why and until when`);
  }
  if (missing > 0) {
    const then = `${missing === 1 ? 'this account is' : 'their accounts are'} kept until they have been missing long enough`;
    notices.push(`${people(missing)} did not come from ${source.title}; ${then}`);
  }
  for (const [sentence, ids] of left) {
    const accounts = count(ids.length, 'account');
    notices.push(`HR wants it otherwise, but ${sentence} in ${accounts}: ${sayIds(ids, NAMED)}`);
  }
  return [...notices, ...unplacedNotices(unplaced)];
}
