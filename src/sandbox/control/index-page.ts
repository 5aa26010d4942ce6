import { html } from 'hono/html';
import { FAULT_KINDS } from '../faults/kinds.js';
import type { SourceSystem, TargetSystem } from '../system.js';
import type { Controlled } from './create-control.js';
import { HAPPENINGS } from './happenings.js';

/** What stands at the root of the control address, for programs. */
export function indexDocument({ company, systems }: Controlled, url: string): object {
  return {
    company: { name: company.name, today: company.today, people: company.people.length },
    systems: systems.map(({ name, url: address, access }) => ({ name, base_url: address, ...access })),
    config: `${url}/config?source=NAME&target=NAME`,
    happenings: HAPPENINGS,
    faults: FAULT_KINDS,
  };
}

/** The same for people: every stand-in with what opens it, and what can be tried. */
export function indexPage({ company, systems }: Controlled, url: string) {
  const [sources, targets] = [systems.filter(isSource), systems.filter((one) => !isSource(one))];
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>hrsync sandbox</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
td, th { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }
code { font-size: .9em }
</style>
<h1>hrsync sandbox</h1>
<p>A made-up company of ${company.people.length} people; its calendar says ${company.today}. Everything is on this machine and
nothing is kept.</p>
${systemTable('HR systems', sources, url)}
${systemTable('Learning platforms', targets, url)}
<h2>A config</h2>
<ul>${sources.map((source) => html`<li>${source.title} to ${targets.map((target) => html`<a href="${url}/config?source=${source.name}&amp;target=${target.name}">${target.title}</a> `)}</li>`)}</ul>
<h2>Let something happen in HR</h2>
<p><code>hrsync sandbox event KIND PERSON</code></p>
${wordTable(HAPPENINGS)}
<h2>Let something go wrong</h2>
<p><code>hrsync sandbox fault add SYSTEM KIND</code>, <code>hrsync sandbox fault clear</code></p>
${wordTable(FAULT_KINDS)}
</html>`;
}

type Titled = Controlled['systems'][number];

function isSource(system: SourceSystem | TargetSystem): boolean {
  return 'section' in system;
}

function systemTable(title: string, systems: readonly Titled[], url: string) {
  return html`<h2>${title}</h2><table><tr><th>type</th><th>what opens it</th><th>look inside</th></tr>
${systems.map(
  (system) => html`<tr><td><b>${system.title}</b><br><code>${system.name}</code></td>
<td><code>base_url: ${system.url}</code>${Object.entries(system.access).map(([key, value]) => html`<br><code>${key}: ${value}</code>`)}</td>
<td><a href="${url}/${system.name}/requests">requests</a>, <a href="${url}/${system.name}/faults">faults</a>, <a href="${url}/${system.name}/settings">settings</a></td></tr>`,
)}</table>`;
}

function wordTable(words: Readonly<Record<string, string>>) {
  return html`<table>${Object.entries(words).map(([kind, text]) => html`<tr><td><code>${kind}</code></td><td>${text}</td></tr>`)}</table>`;
}
