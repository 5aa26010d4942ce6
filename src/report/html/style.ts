/** The page's style sheet: light and dark as the reader's system asks, narrow screens, and paper. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --card: #f6f7f9; --line: #d8dce2; --text: #1b1f24; --quiet: #5a6472;
  --accent: #0b5fad; --good: #14703a; --bad: #b3261e; --warn: #8a5300;
  --create: #257a4a; --adopt: #2f7a63; --update: #2f6fb5; --reactivate: #7a5bb0; --invite: #946010;
  --deactivate: #c0483c; --delete: #7d1f18; }
@media screen and (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1d2127; --line: #353b44; --text: #e6e9ed;
  --quiet: #9aa5b3; --accent: #79b8ff; --good: #6fcf97; --bad: #ff8a80; --warn: #f0b64d;
  --create: #4cb37c; --adopt: #7cc3a0; --update: #5b9be0; --reactivate: #a98be0; --invite: #dba045;
  --deactivate: #e98b81; --delete: #d26a60; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .4rem 0; }
a { color: var(--accent); }
.quiet, .why, .mail, .id { color: var(--quiet); }
.quiet, .why { font-size: .9rem; }
.good strong { color: var(--good); } .bad strong, .error { color: var(--bad); }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.verdict { border-left: .35rem solid var(--accent); background: var(--card); padding: .6rem 1rem; margin: 1rem 0 0; border-radius: .25rem; }
.verdict.refused, .verdict.trouble { border-color: var(--bad); } .verdict.fine { border-color: var(--good); }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; margin: 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem;
  display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.tiles dd { margin: 0; font-size: 1.7rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles dt { color: var(--quiet); font-size: .9rem; } .tiles .none dd { color: var(--quiet); font-weight: 400; }
.pictures { display: grid; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 2.5rem; }
table { border-collapse: collapse; width: 100%; } .bars { margin-bottom: 1rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
.bars th { font-weight: 400; text-align: left; width: 9rem; padding: .15rem .75rem .15rem 0; line-height: 1.25; }
.bars td { padding: .15rem 0; vertical-align: middle; } .bars svg { display: block; }
.number { text-align: right; font-variant-numeric: tabular-nums; } .bars td.number { width: 4rem; }
.list th, .list td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.list .number { text-align: right; }
rect.create { fill: var(--create); } rect.adopt { fill: var(--adopt); } rect.update { fill: var(--update); }
rect.reactivate { fill: var(--reactivate); } rect.invite { fill: var(--invite); }
rect.deactivate { fill: var(--deactivate); } rect.delete { fill: var(--delete); }
.calendar line { stroke: var(--line); } .calendar text { fill: var(--quiet); font-size: 13px; }
.legend svg { margin-left: .5rem; }
details { border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .9rem; margin: .5rem 0; }
summary { cursor: pointer; font-weight: 600; }
summary .number { color: var(--quiet); font-weight: 400; }
ul.people, ul.changes, ul.checks { list-style: none; padding: 0; margin: .5rem 0; }
ul.people li { padding: .3rem 0; border-top: 1px solid var(--line); }
.checks span { font-weight: 600; color: var(--good); } .checks .broken span { color: var(--bad); }
#controls { display: grid; gap: .6rem; margin: .75rem 0; }
#controls[hidden] { display: none; }
#controls label { font-size: .9rem; color: var(--quiet); }
#controls input, #controls select, button { font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .7rem; }
#search { width: 100%; }
#kinds, .choices { display: flex; flex-wrap: wrap; gap: .5rem; }
.choices select { max-width: 16rem; }
button { cursor: pointer; } button[aria-pressed=true] { background: var(--accent); color: var(--back); border-color: var(--accent); }
#paper { display: none; }
#more { width: 100%; margin: .75rem 0; } #more[hidden] { display: none; }
.change { border-top: 1px solid var(--line); padding: .7rem 0; content-visibility: auto; contain-intrinsic-size: auto 8rem; }
.who { margin: 0; } .name { font-weight: 600; }
.day { white-space: nowrap; }
.kind, .tag { display: inline-block; white-space: nowrap; font-size: .8rem; border: 1px solid currentcolor; border-radius: .8rem; padding: 0 .6rem; }
.kind { font-weight: 600; }
.kind.create { color: var(--create); } .kind.adopt { color: var(--adopt); } .kind.update { color: var(--update); }
.kind.reactivate { color: var(--reactivate); } .kind.invite, .tag.invites { color: var(--invite); }
.kind.deactivate { color: var(--deactivate); } .kind.delete { color: var(--delete); }
.tag.done { color: var(--good); } .tag.failed, .tag.uncertain { color: var(--bad); } .tag.deferred { color: var(--warn); }
.fields { margin: .3rem 0 0; }
.fields div { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1rem; }
.fields.new { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .1rem 1.5rem; }
.fields.new div { display: block; } .fields.new dt, .fields.new dd { display: inline; } .fields.new dt::after { content: ": "; }
dt { color: var(--quiet); } dd { margin: 0; }
del { color: var(--quiet); text-decoration-color: var(--bad); } ins { text-decoration: none; } .fields:not(.new) ins { font-weight: 600; }
.to { color: var(--quiet); }
code { background: var(--card); border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; }
footer { margin: 3rem auto; padding-top: 1rem; border-top: 1px solid var(--line); }
@media (max-width: 34rem) { .fields div { grid-template-columns: 1fr; gap: 0; } .bars th { width: 6.5rem; } }
@page { margin: 15mm; }
@media print { :root { font-size: 10pt; color-scheme: light; --back: #fff; --card: #fff; --line: #bbb; --text: #000; --quiet: #444; }
  header, main, footer { max-width: none; padding: 0; }
  #controls, #more, .skip, .screen { display: none; } h2 { margin-top: 1.2rem; } h2, h3 { break-after: avoid; }
  .change { content-visibility: visible; padding: .4rem 0; }
  .fields.new { display: block; } .fields.new div { display: inline; } .fields.new div + div::before { content: " · "; } #paper { display: block; }
  .change, .tiles div, tr, .people li { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(5, 1fr); } .tiles dd { font-size: 1.2rem; }
  details > *, details::details-content { content-visibility: visible; } }
`;
