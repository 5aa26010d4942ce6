import { basename } from 'node:path';
import type { RunResult } from '../reporter.js';
import { safeText } from '../terminal.js';
import { html, type Markup, NOTHING } from './markup.js';
import { sayMoment } from './wording.js';

/** Of a saved plan: which file it is, until when it holds, and how somebody approves it. */
export function approval({ savedPlan, safety }: RunResult): Markup {
  if (savedPlan === undefined) return NOTHING;
  const { file, digest, expiresAt } = savedPlan;
  const until = sayMoment(new Date(expiresAt));
  const over =
    safety.verdict === 'refused' ? ' The approval also covers what exceeds a limit, so look at that first.' : '';
  return html`<section aria-labelledby="approve" class="card"><h2 id="approve">How to approve this plan</h2>
<p>Look through the lists below. If all of it is right, answer whoever sent you this page: <q>I approve the plan with the checksum <span class="checksum">${digest}</span></q>.${over}</p>
<p>Then exactly this plan is carried out and nothing else. If HR has changed meanwhile so that the plan no longer fits, it is refused, and you get a new page.</p>
<dl class="facts"><div><dt>File</dt><dd>${safeText(basename(file), 200)}</dd></div><div><dt>Valid until</dt><dd>${until}</dd></div></dl></section>`;
}
