import { createHumanReporter } from './human.js';
import { createJsonReporter } from './json.js';
import { createLinesReporter } from './lines.js';
import type { ReporterOptions } from './options.js';
import type { Reporter } from './reporter.js';

export { correctionsCsv, type ListedCorrection } from './corrections-csv.js';
export { csvReport } from './csv.js';
export { type DrillReport, drillDocument, renderDrill } from './drill-text.js';
export { errorPagesDocument, findErrorKind, renderErrorKinds, renderErrorPage } from './error-pages.js';
export { exitPageDocument, renderExitPage } from './exit-pages.js';
export { type ExplainedCondition, type ExplainedRule, type Explanation, renderExplanation } from './explanation.js';
export { type ReportFile, withFiles } from './files.js';
export { renderFindings } from './findings.js';
export { renderFits, sayMismatch } from './fit-text.js';
export { htmlReport } from './html/document.js';
export type { Impact } from './impact.js';
export { impactDocument } from './impact-json.js';
export { refusedByNew, renderImpact } from './impact-text.js';
export { errorDocument } from './json.js';
export { jsonText } from './json-text.js';
export { renderLink } from './link-text.js';
export { composeDigest } from './mail/digest.js';
export type { EndedRun } from './mail/ended-run.js';
export { composeHrMail } from './mail/hr-mail.js';
export type { Mail } from './mail/mail.js';
export { type RunFacts, runFacts } from './mail/run-facts.js';
export type { NamesOf } from './managers.js';
export { renderGuideList, renderMarkdown } from './markdown.js';
export { explainError } from './messages.js';
export { ERROR_KINDS } from './messages-pages.js';
export type { ReporterOptions } from './options.js';
export { Output, type Redact, redactor, type Stream } from './output.js';
export { SHOWN } from './plan-text.js';
export { refuseLink, requireWritable, writePrivately } from './private-file.js';
export { rekeyDocument, renderRekey, sayTooFew } from './rekey-text.js';
export { type PastChange, type PastRun, renderRun, renderRuns, runDocument, runsDocument } from './runs.js';
export { openSavedPlan, type SavedPlan } from './saved-plan/read.js';
export { type PlanOrigin, savedPlanFile, sealOf } from './saved-plan/write.js';
export { makeStyle } from './style.js';
export { columns, renderTable } from './table.js';
export { safeText, wrapText } from './terminal.js';
export { sayUnderWay, type UnderWay } from './under-way.js';
export { count } from './words.js';

/** Makes the reporter of a run: for a terminal, for logs and pipes, or for programs. */
export function createReporter(options: ReporterOptions): Reporter {
  switch (options.mode) {
    case 'human':
      return createHumanReporter(options);
    case 'lines':
      return createLinesReporter(options);
    case 'json':
      return createJsonReporter(options);
  }
}
