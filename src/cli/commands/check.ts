import { neededFields } from '../../config/needed-fields.js';
import { count } from '../../core/count.js';
import { type Fit, mismatchesIn } from '../../core/type-check.js';
import { HrsyncError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Finding } from '../../http/world.js';
import { renderFindings, renderFits, sayMismatch } from '../../report/index.js';
import { openStore } from '../../store/sqlite/index.js';
import { judgeMapping } from '../../sync/mapping-types.js';
import type { Connector } from '../connector.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { connect } from '../session.js';

/** Looks at everything that a run needs and names every trouble in one go. Changes nothing. */
export function check(): CommandBody {
  return async (world) => {
    const config = await world.loadConfig();
    const connector = connect(config, world);
    const { fits, findings } = await mappingFindings(connector);
    const sections = [
      { title: 'Config', findings: configFindings(connector) },
      { title: connector.source.title, findings: await connector.source.check(neededFields(config)) },
      {
        title: connector.target.title,
        findings: await connector.target.check(config.mapping.map(({ field }) => field)),
      },
      { title: 'Mapping', findings },
      { title: 'State', findings: [await stateFinding(connector, world)] },
    ];
    const between = { source: connector.source.title, target: connector.target.title };
    const table = fits.length === 0 ? '' : `\n${renderFits(fits, between, world.width)}`;
    const json = { format: 1, exit_code: exitCodeOf(sections), sections, mapping: fits.map(fitDocument) };
    world.print({ text: render(sections, world) + table, json, troubles: troublesOf(sections) });
    return exitCodeOf(sections);
  };
}

/** What one part of a check found. */
export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

function configFindings({ config, mapping }: Connector): readonly Finding[] {
  const fields = mapping.rules.map(({ field }) => field).join(', ');
  const good: Finding = { level: 'ok', subject: 'config', message: `${config.file} is valid; mapped: ${fields}` };
  return [good, ...config.warnings.map((message): Finding => ({ level: 'warning', subject: 'config', message }))];
}

/** The mapping held against the types of both sides; what cannot be asked is told by the sections of the two systems. */
async function mappingFindings(
  connector: Connector,
): Promise<{ readonly fits: readonly Fit[]; readonly findings: readonly Finding[] }> {
  try {
    const fits = await judgeMapping(connector);
    const mismatches = mismatchesIn(fits);
    const good: Finding = { level: 'ok', subject: 'types', message: 'every line fits, as far as the two systems tell' };
    const findings = mismatches.map((mismatch): Finding => {
      const message = sayMismatch(mismatch, { target: connector.target.title });
      return { level: 'error', subject: mismatch.field, message, cause: 'config' };
    });
    return { fits, findings: findings.length === 0 ? [good] : findings };
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    const message = `${connector.target.title} did not tell its fields, so the types are not checked`;
    return { fits: [], findings: [{ level: 'warning', subject: 'types', message }] };
  }
}

function fitDocument({ field, takes, from, makes, constant, verdict, reason }: Fit): object {
  return { field, takes, from, type: makes, constant, verdict, reason };
}

async function stateFinding({ config, identity }: Connector, { now }: CommandWorld): Promise<Finding> {
  try {
    const store = await openStore({ file: config.state, identity, mode: 'read', now });
    const { active } = await store.countSnapshots();
    await store.close();
    const message =
      active === 0
        ? `${config.state} holds no account yet`
        : `${config.state} holds ${count(active, 'active account')}`;
    return { level: 'ok', subject: 'state', message };
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    return { level: 'error', subject: 'state', message: error.message };
  }
}

/** What findings come to; credentials first. */
export function exitCodeOf(sections: readonly Section[]): number {
  const errors = sections.flatMap(({ findings }) => findings).filter(({ level }) => level === 'error');
  if (errors.length === 0) return EXIT.done;
  if (errors.some(({ cause }) => cause === 'credentials')) return EXIT.credentials;
  return errors.some(({ cause }) => cause === 'config') ? EXIT.usage : EXIT.unexpected;
}

/** What is wrong, a sentence each. */
export function troublesOf(sections: readonly Section[]): readonly string[] {
  return sections.flatMap(({ title, findings }) =>
    findings.flatMap(({ level, subject, message }) => (level === 'error' ? [`${title}: ${subject}: ${message}`] : [])),
  );
}

function render(sections: readonly Section[], { width, colour }: CommandWorld): string {
  return sections.map(({ title, findings }) => `${title}\n${renderFindings(findings, { width, colour })}`).join('\n');
}
