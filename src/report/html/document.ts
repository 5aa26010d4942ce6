import { hash } from 'node:crypto';
import { inGroups } from '../groups.js';
import { withManagers } from '../managers.js';
import { isNothingToDo, sayOutcome, tallyOf } from '../outcome-text.js';
import type { ReportedChange, RunResult } from '../reporter.js';
import { safeText } from '../terminal.js';
import { KIND_ORDER, KINDS } from '../words.js';
import { calendar } from './calendar.js';
import { type Build, type ChangeRow, changeView, type Dictionary } from './change-view.js';
import { html, Markup, NOTHING, scriptJson } from './markup.js';
import { missing } from './missing.js';
import { pageScript } from './page-script.js';
import { pictures } from './pictures.js';
import { proof } from './proof.js';
import { dictionaryOf, rowMaker } from './rows.js';
import { skips } from './skips.js';
import { STYLE } from './style.js';
import { type ChangeTally, sumOf, tallyChanges } from './tally.js';
import { sayDay, sayMoment, sayNumber } from './wording.js';

/** Up to here the file itself lists every change; beyond it, only the first, and the script lists the others. */
const LISTED_WHOLE = 1_000;
const LISTED_FIRST = 200;
/** Rows of one data block: small enough to be parsed without a pause, large enough to be few. */
const BLOCK = 500;

/**
 * A run as one page for HR, in pieces: everything at a glance, then every change. The page asks nothing of any network,
 * runs no script but its own, and can be read without it. The changes are read anew for each part, never held.
 */
export async function* htmlReport(result: RunResult): AsyncGenerator<string> {
  const tally = await tallyChanges(result.changes());
  const dictionary = dictionaryOf(tally);
  yield String(
    html`${head(result)}<main>${await verdict(result)}${glance(result)}${notices(result)}${pictures(tally)}`,
  );
  yield String(html`${await calendar(result)}${missing(result)}${await skips(result)}${await proof(result)}`);
  yield String(html`<section aria-labelledby="all"><h2 id="all" tabindex="-1">Every change</h2>${introduction(tally)}`);
  if (tally.total > 0) yield* changes(result, tally, dictionary);
  yield String(html`</section></main>${foot(result)}`);
  if (tally.total > 0) yield String(html`<script>${SCRIPT}</script>`);
  yield '</body></html>\n';
}

const SCRIPT = Markup.trusted(`(${pageScript.toString()})(document, window, ${changeView.toString()});`);
const SHEET = Markup.trusted(STYLE);
const POLICY = `default-src 'none'; style-src '${digestOf(SHEET)}'; script-src '${digestOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;

function digestOf(text: Markup): string {
  return `sha256-${hash('sha256', String(text), 'base64')}`;
}

function head(result: RunResult): Markup {
  const { connector, source, target, dryRun, run, startedAt } = result;
  const day = result.today ?? startedAt.toISOString().slice(0, 10);
  const title = safeText(`${connector}: ${dryRun ? 'plan' : `run ${run}`} for ${sayDay(day)}`, 200);
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${Markup.trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<title>${title}</title><style>${SHEET}</style></head>
<body><a class="skip" href="#all">To the changes</a><header><h1>${title}</h1><p class="quiet">${safeText(`${source.title} → ${target.title}`)} · made ${sayMoment(startedAt)} · ${dryRun ? 'nothing was sent' : `run ${run}`}</p></header>
`;
}

async function verdict(result: RunResult): Promise<Markup> {
  const [look, sentence] = await judged(result);
  return html`<p class="verdict ${look}">${sentence}</p>`;
}

async function judged(result: RunResult): Promise<readonly [string, string]> {
  if (!result.dryRun) {
    return [result.exitCode === 0 ? 'fine' : 'trouble', `${await sayOutcome(result, await tallyOf(result))}.`];
  }
  if (result.safety.verdict === 'refused')
    return ['refused', 'This plan exceeds a limit and is refused until somebody confirms it. Nothing was sent.'];
  if (isNothingToDo(result)) return ['fine', 'The learning platform is in step with HR: there is nothing to do.'];
  return ['fine', 'This is a plan. Nothing was sent yet.'];
}

function glance({ summary, read, dryRun }: RunResult): Markup {
  const kinds = KIND_ORDER.filter((kind) => kind !== 'invite').map((kind): readonly [string, number] => [
    dryRun ? KINDS[kind].toDo : `${KINDS[kind].toDo}, as planned`,
    summary[kind],
  ]);
  const tiles: readonly (readonly [string, number])[] = [
    ['employees in HR', read.employees],
    ...kinds,
    ['invitations mailed', summary.invite],
    ['in step already', summary.unchanged],
    ['scheduled', summary.scheduled],
    ['skipped', summary.skipped],
    ...(dryRun ? [] : [['failed or uncertain', summary.failed] as const]),
  ];
  const shown = tiles.map(
    ([label, number]) =>
      html`<div${number === 0 ? NONE : NOTHING}><dt>${label}</dt><dd>${sayNumber(number)}</dd></div>`,
  );
  return html`<section aria-labelledby="glance"><h2 id="glance">At a glance</h2><dl class="tiles">${shown}</dl></section>`;
}

const NONE = html` class="none"`;

function notices({ notices: sentences }: RunResult): Markup {
  if (sentences.length === 0) return NOTHING;
  const items = sentences.map((sentence) => html`<li>${safeText(sentence, 1_000)}</li>`);
  return html`<section aria-labelledby="notices"><h2 id="notices">Good to know</h2><ul>${items}</ul></section>`;
}

const MEANINGS = html`<details class="screen"><summary>What the words mean</summary><dl class="fields"><div><dt>Create</dt><dd>a new account</dd></div><div><dt>Adopt</dt><dd>an account that exists is linked to its employee, and corrected where it differs</dd></div><div><dt>Update</dt><dd>fields of a linked account change</dd></div><div><dt>Reactivate</dt><dd>an account that was closed is opened again</dd></div><div><dt>Invite</dt><dd>an invitation is mailed</dd></div><div><dt>Deactivate</dt><dd>the person can no longer log in; the learning record stays</dd></div><div><dt>Delete</dt><dd>the account and its learning record go for good</dd></div></dl></details>`;

function introduction({ total }: ChangeTally): Markup {
  if (total === 0) return html`<p>There is none.</p>`;
  if (total <= LISTED_WHOLE) return MEANINGS;
  return html`${MEANINGS}<noscript><p>Here are the first ${LISTED_FIRST} of ${sayNumber(total)} changes. Allow this page its script to search all of them, or ask for the run with --csv.</p></noscript>`;
}

async function* changes(result: RunResult, tally: ChangeTally, dictionary: Dictionary): AsyncGenerator<string> {
  yield String(controls(tally, dictionary));
  const rowOf = rowMaker(tally);
  const listed = tally.total <= LISTED_WHOLE ? LISTED_WHOLE : LISTED_FIRST;
  let taken = 0;
  for await (const change of byKind(result)) {
    if (taken === listed) break;
    taken += 1;
    yield `${changeView(rowOf(change), dictionary, MARKUP)}\n`;
  }
  yield '</ul><button type="button" id="more" hidden></button>';
  yield String(html`<script type="application/json" id="dictionary">${scriptJson(dictionary)}</script>
`);
  let block: ChangeRow[] = [];
  for await (const change of byKind(result)) {
    block.push(rowOf(change));
    if (block.length < BLOCK) continue;
    yield blockOf(block);
    block = [];
  }
  if (block.length > 0) yield blockOf(block);
}

function blockOf(rows: readonly ChangeRow[]): string {
  return String(html`<script type="application/json" class="rows">${scriptJson(rows)}</script>
`);
}

async function* byKind(result: RunResult): AsyncGenerator<ReportedChange> {
  const groups = inGroups(
    () => result.changes(),
    (change) => change.kind,
    KIND_ORDER,
  );
  for await (const group of groups) yield* withManagers(group.items, result.namesOf);
}

const MARKUP: Build<Markup> = (tag, className, ...children) => {
  const parts = children.map((child) => (typeof child === 'string' ? html`${child}` : child));
  const name = Markup.trusted(tag);
  return className === '' ? html`<${name}>${parts}</${name}>` : html`<${name} class="${className}">${parts}</${name}>`;
};

function controls(tally: ChangeTally, dictionary: Dictionary): Markup {
  const kinds = KIND_ORDER.flatMap((kind, place) => {
    const total = tally.kinds.get(kind);
    if (total === undefined) return [];
    return [
      html`<button type="button" aria-pressed="false" value="${place}">${KINDS[kind].heading} ${sayNumber(total)}</button>`,
    ];
  });
  const counts = [...tally.departments.values()].map(sumOf);
  const departments = dictionary.departments.map(
    (name, place) => html`<option value="${place}">${name} (${sayNumber(counts[place] ?? 0)})</option>`,
  );
  const outcomes = [...tally.outcomes].map(
    ([outcome, total]) => html`<option value="${outcome}">${outcome} (${sayNumber(total)})</option>`,
  );
  return html`<div id="controls" role="search" hidden><div><label for="search">Search by name, address, id or value ( / to get here, Esc to clear)</label><input id="search" type="search" autocomplete="off" spellcheck="false"></div>
<div id="kinds" role="group" aria-label="Kinds of change">${kinds}</div>
<div class="choices"><span${departments.length === 0 ? HIDDEN : NOTHING}><label for="department">Department</label> <select id="department"><option value="">all</option>${departments}</select></span> <span${outcomes.length < 2 ? HIDDEN : NOTHING}><label for="outcome">Outcome</label> <select id="outcome"><option value="">all</option>${outcomes}</select></span></div>
</div><p id="count" role="status" class="quiet"></p><p id="paper" class="quiet"></p><ul class="changes" id="changes">
`;
}

const HIDDEN = html` hidden`;

function foot({ finishedAt }: RunResult): Markup {
  return html`<footer class="quiet"><p>Written by hrsync, ${sayMoment(finishedAt)}. This file holds personal data: pass it on only to those who may see the HR record, and delete it when the review is done.</p></footer>`;
}
