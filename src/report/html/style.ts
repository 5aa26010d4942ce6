/** The page's style sheet: light and dark as the reader's system asks, narrow screens, and paper. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --card: #f6f7f9; --line: #d8dce2; --text: #1b1f24; --quiet: #5a6472;
  --accent: #0b5fad; --good: #14703a; --bad: #b3261e; --warn: #8a5300;
  --create: #257a4a; --adopt: #2f7a63; --update: #2f6fb5; --reactivate: #7a5bb0; --invite: #946010;
  --deactivate: #c0483c; --delete: #7d1f18; --later: #5f9b3c; --same: #8b95a3; --lacks: #b8590b; --gone: #59606b; --out: #b9bfc8; }
@media screen and (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1d2127; --line: #353b44; --text: #e6e9ed;
  --quiet: #9aa5b3; --accent: #79b8ff; --good: #6fcf97; --bad: #ff8a80; --warn: #f0b64d;
  --create: #4cb37c; --adopt: #7cc3a0; --update: #5b9be0; --reactivate: #a98be0; --invite: #dba045;
  --deactivate: #e98b81; --delete: #d26a60; --later: #a5d07c; --same: #76808e; --lacks: #f0a35e; --gone: #c3c8d0; --out: #525a66; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; } h2 .number { color: var(--quiet); font-weight: 400; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .4rem 0; }
[hidden] { display: none !important; }
.quiet, .why, .mail, .id, .field { color: var(--quiet); }
.quiet, .why, .mail, .id { font-size: .9rem; }
.good strong { color: var(--good); } p.bad strong, .card.bad h2, .error { color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.verdict { border-left: .35rem solid var(--accent); background: var(--card); padding: .6rem 1rem; margin: 1rem 0 0; border-radius: .25rem; }
.verdict.refused, .verdict.trouble { border-color: var(--bad); } .verdict.fine { border-color: var(--good); }
.lead { font-size: 1.25rem; line-height: 1.45; margin: 1.25rem 0 .75rem; }
.bar { display: block; border-radius: .25rem; }
.legend { list-style: none; padding: 0; margin: .5rem 0 0; display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; font-size: .9rem; }
.legend strong { font-variant-numeric: tabular-nums; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .9rem 1.25rem; margin: 1.5rem 0 0; }
.card h2 { margin: 0 0 .4rem; } .card.bad { border-color: var(--bad); border-width: 2px; }
.checksum { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .85rem; }
.facts { margin: .6rem 0 0; display: flex; flex-wrap: wrap; gap: .3rem 2.5rem; } .facts dt, .facts dd { display: inline; margin: 0; }
.facts dt { color: var(--quiet); } .facts dt::after { content: ": "; }
table { border-collapse: collapse; width: 100%; }
.bars { margin-top: .5rem; }
.bars th { font-weight: 400; text-align: left; width: 11rem; padding: .15rem .75rem .15rem 0; line-height: 1.25; }
.bars td { padding: .15rem 0; vertical-align: middle; } .bars svg { display: block; }
.number { font-variant-numeric: tabular-nums; } td.number, th.number { text-align: right; } .bars td.number { width: 4rem; }
.list { font-size: .95rem; } .list.new { table-layout: fixed; } .list.new th:first-child { width: 28%; }
.list th, .list td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.list td.number, .list th.number { text-align: right; } .list tbody th { font-weight: 400; }
.list thead th { font-size: .85rem; color: var(--quiet); font-weight: 600; }
rect.create, rect.gets_account { fill: var(--create); } rect.adopt, rect.is_linked { fill: var(--adopt); }
rect.update, rect.is_updated { fill: var(--update); } rect.reactivate, rect.gets_account_back { fill: var(--reactivate); }
rect.invite, rect.is_invited { fill: var(--invite); } rect.deactivate, rect.loses_access { fill: var(--deactivate); }
rect.delete { fill: var(--delete); } rect.gets_account_later { fill: var(--later); } rect.is_in_step { fill: var(--same); }
rect.lacks_email, rect.is_unclear { fill: var(--lacks); } rect.waits, rect.is_held_back { fill: var(--warn); }
rect.is_protected, rect.is_filtered_out { fill: var(--out); } rect.has_left { fill: var(--gone); }
.bar rect, .legend rect { stroke: var(--back); stroke-width: 1; }
.calendar { display: block; overflow: visible; } .calendar line { stroke: var(--line); } .calendar text { fill: var(--quiet); font-size: 13px; }
.calendar .today line { stroke: var(--accent); stroke-dasharray: 3 3; } .calendar .today text { fill: var(--accent); }
details { margin: .4rem 0; } summary { cursor: pointer; padding: .3rem 0; }
details.group { border: 1px solid var(--line); border-radius: .5rem; padding: .2rem .9rem; }
details.chunk > summary { color: var(--accent); }
.group > summary { font-weight: 600; } .group > summary .number { color: var(--quiet); font-weight: 400; }
ul.people, ul.checks { list-style: none; padding: 0; margin: .3rem 0; }
ul.people li { padding: .3rem 0; border-bottom: 1px solid var(--line); }
.checks span { font-weight: 600; color: var(--good); } .checks .broken span { color: var(--bad); }
#controls { margin: 1.5rem 0 0; } #controls label { display: block; font-size: .9rem; color: var(--quiet); }
#search { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: .4rem; padding: .4rem .7rem; width: min(100%, 24rem); }
.name { font-weight: 600; }
.day { display: inline-block; min-width: 10.5rem; font-variant-numeric: tabular-nums; }
.tag { display: inline-block; white-space: nowrap; font-size: .8rem; font-weight: 600; border: 1px solid currentcolor; border-radius: .8rem; padding: 0 .6rem; }
.tag.invite, .tag.invites { color: var(--invite); } .tag.deactivate, .tag.admin { color: var(--deactivate); }
.tag.failed, .tag.uncertain { color: var(--bad); } .tag.deferred { color: var(--warn); }
.day + .tag { min-width: 6.5rem; text-align: center; } .error { display: block; }
.fields { display: block; font-weight: 400; } .group > summary .fields { display: inline; }
.moved { display: block; } .group > summary .moved { display: inline; }
.group > summary .moved + .moved::before { content: " · "; font-weight: 400; }
del { color: var(--quiet); text-decoration: none; } ins { text-decoration: none; font-weight: 600; }
.to { color: var(--quiet); }
.paper { display: none; }
footer { margin: 3rem auto; padding-top: 1rem; border-top: 1px solid var(--line); }
@media print, (max-width: 40rem) {
  .list.new, .list.new tbody, .list.new tr { display: block; } .list.new thead { display: none; }
  .list.new tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .list.new tbody th:first-child, .list.new td { display: inline; border: 0; padding: 0; }
  .list.new td:not(:empty)::before { content: " · "; } }
@media screen and (max-width: 40rem) { .list.new td { font-size: .9rem; }
  .calendar .inner text { display: none; } .bars th { width: 7.5rem; } .lead { font-size: 1.1rem; } .day { display: block; } }
@page { size: A4; margin: 12mm; }
@media print { :root { font-size: 8pt; color-scheme: light; --back: #fff; --card: #fff; --line: #bbb; --text: #000; --quiet: #444; }
  body { line-height: 1.3; } header, main, footer { max-width: none; padding: 0; } header { padding: 0; }
  #controls, .screen { display: none; } .paper { display: block; }
  h2 { margin: 1.2rem 0 .3rem; } h2, h3, summary { break-after: avoid; }
  ul.people li { padding: .1rem 0; } .list th, .list td { padding: .1rem .5rem .1rem 0; } .list.new tr { padding: .1rem 0; } .list.new .also { display: none; } .list { font-size: 1em; }
  .quiet, .why, .mail, .id { font-size: 1em; } .fields, .moved { display: inline; } .moved + .moved::before { content: " · "; }
  .row, tr, .card { break-inside: avoid; } details.chunk { margin: 0; } details.chunk > summary { display: none; }
  details > *, details::details-content { content-visibility: visible; } details.chunk thead { display: none; }
  .calendar text { font-size: 8pt; } rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
