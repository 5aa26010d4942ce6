import { hash } from 'node:crypto';
import { isNothingToDo, sayOutcome, tallyOf } from '../outcome-text.js';
import { capital, plainly, withoutCommands } from '../plain-words.js';
import type { RunResult } from '../reporter.js';
import { safeText } from '../terminal.js';
import { count } from '../words.js';
import { access } from './access.js';
import { approval } from './approval.js';
import { calendar } from './calendar.js';
import { byDepartment } from './departments.js';
import { headcountBar, sayHeadcount, sayOthers } from './headcount.js';
import { html, Markup, NOTHING } from './markup.js';
import { missing } from './missing.js';
import { newAccounts } from './new-accounts.js';
import { pageScript } from './page-script.js';
import { proof, refusals } from './proof.js';
import { skips } from './skips.js';
import { STYLE } from './style.js';
import { tallyChanges } from './tally.js';
import { undone } from './undone.js';
import { updates } from './updates.js';
import { sayDay, sayMoment } from './wording.js';

/**
 * A run as one page for HR, in pieces: what it means for how many people, how it is approved, then who loses access and who
 * is mailed, the calendar, what HR should correct, what changes and who is new. The page asks nothing of any network and can
 * be read without its script, which only searches. The changes are read anew for each part, never held.
 */
export async function* htmlReport(result: RunResult): AsyncGenerator<string> {
  const tally = await tallyChanges(result.changes());
  yield String(html`${head(result)}<main>${await verdict(result)}${summary(result)}`);
  yield String(html`${await refusals(result)}${approval(result)}${SEARCH}`);
  yield* undone(result, tally);
  yield* access(result, tally);
  yield* calendar(result);
  yield* missing(result);
  yield* skips(result);
  yield* updates(result, tally);
  yield* newAccounts(result, tally);
  yield String(html`${byDepartment(tally)}${notices(result)}${proof(result)}</main>${foot(result)}`);
  yield String(html`<script>${SCRIPT}</script></body></html>
`);
}

const SCRIPT = Markup.trusted(`(${pageScript.toString()})(document, window);`);
const SHEET = Markup.trusted(STYLE);
const POLICY = `default-src 'none'; style-src '${digestOf(SHEET)}'; script-src '${digestOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;

function digestOf(text: Markup): string {
  return `sha256-${hash('sha256', String(text), 'base64')}`;
}

function head(result: RunResult): Markup {
  const { connector, source, target, dryRun, run, startedAt } = result;
  const day = result.today ?? startedAt.toISOString().slice(0, 10);
  const title = safeText(`${connector}: ${dryRun ? 'plan' : `run ${run}`} for ${sayDay(day)}`, 200);
  const between = safeText(`From ${source.title} to ${target.title}`);
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${Markup.trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no, date=no, address=no, email=no"><meta name="color-scheme" content="light dark">
<title>${title}</title><style>${SHEET}</style></head>
<body><header><h1>${title}</h1><p class="quiet">${between} · made ${sayMoment(startedAt)}</p></header>
`;
}

async function verdict(result: RunResult): Promise<Markup> {
  const [look, sentence] = await judged(result);
  return html`<p class="verdict ${look}">${sentence}</p>`;
}

async function judged(result: RunResult): Promise<readonly [string, string]> {
  if (!result.dryRun) {
    const said = withoutCommands(await sayOutcome(result, await tallyOf(result)));
    return [result.exitCode === 0 ? 'fine' : 'trouble', `${said}.`];
  }
  if (result.safety.verdict === 'refused')
    return ['refused', 'This plan exceeds a limit and is refused until somebody confirms it. Nothing was sent.'];
  if (isNothingToDo(result)) return ['fine', `${result.target.title} is in step with HR: there is nothing to do.`];
  return ['fine', 'This is a plan. Nothing was sent yet.'];
}

function summary(result: RunResult): Markup {
  const { headcount } = result;
  if (headcount === undefined || headcount === null) return changesInAll(result);
  const others = sayOthers(headcount).map((sentence) => html` ${sentence}`);
  const kept = result.missing.length;
  const keep =
    kept === 0
      ? NOTHING
      : html` ${count(kept, 'person', 'people')} with an account did not come from HR and ${kept === 1 ? 'is' : 'are'} kept for now.`;
  return html`<p class="lead">${planned(result)}${sayHeadcount(headcount, result)}${others}${keep}</p>${headcountBar(headcount)}`;
}

// What became of a run stands above; the people in it are counted by its plan.
function planned({ dryRun }: RunResult): string {
  return dryRun ? '' : 'The plan was: ';
}

// A run for some people, or one that takes another back: nobody else is looked at, so nothing adds up to everybody.
function changesInAll(result: RunResult): Markup {
  const { summary: counts } = result;
  const parts = [
    [counts.deactivate, 'loses access', 'lose access'],
    [counts.delete, 'account is deleted', 'accounts are deleted'],
    [counts.invite, 'invitation is mailed', 'invitations are mailed'],
    [counts.reactivate, 'gets access again', 'get access again'],
    [counts.adopt, 'account is linked', 'accounts are linked'],
    [counts.update, 'change of data', 'changes of data'],
    [counts.create, 'new account', 'new accounts'],
    [counts.skipped, 'is left as it is', 'are left as they are'],
  ] as const;
  const told = parts.flatMap(([number, one, many]) => (number > 0 ? [count(number, one, many)] : []));
  return told.length === 0 ? NOTHING : html`<p class="lead">${planned(result)}${told.join(', ')}.</p>`;
}

const SEARCH = html`<div id="controls" role="search" hidden><label for="search">Find a person: name, e-mail, number or value</label> <input id="search" type="search" autocomplete="off" spellcheck="false"> <span id="count" role="status" class="quiet"></span></div>
`;

// Some notices only tell an operator what to type; HR is told that there are such.
function notices({ notices: sentences }: RunResult): Markup {
  const told = sentences.map(withoutCommands).filter((sentence) => sentence !== '');
  const rest = sentences.length - told.length;
  const more =
    rest === 0
      ? NOTHING
      : html`<li>${count(rest, 'more note')} for whoever runs the import ${rest === 1 ? 'stands' : 'stand'} in its log.</li>`;
  if (sentences.length === 0) return NOTHING;
  const items = told.map((sentence) => html`<li>${capital(plainly(sentence))}</li>`);
  return html`<section aria-labelledby="notices"><h2 id="notices">Good to know</h2><ul>${items}${more}</ul></section>`;
}

function foot({ finishedAt }: RunResult): Markup {
  return html`<footer class="quiet"><p>Written by hrsync, ${sayMoment(finishedAt)}. This file holds personal data: pass it on only to those who may see the HR record, and delete it when the review is done.</p></footer>`;
}
