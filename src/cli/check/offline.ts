import type { Config } from '../../config/config.js';
import { neededFields } from '../../config/needed-fields.js';
import { linePath } from '../../core/mapping.js';
import { type Fit, judgeTypes } from '../../core/type-check.js';
import { HrsyncError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import { connect } from '../connect.js';
import { placeIn } from '../connector.js';
import type { CommandWorld } from '../process.js';
import { pathFindings } from './paths.js';
import {
  configFindings,
  exitCodeOf,
  fitDocument,
  misfitFindings,
  renderSections,
  type Section,
  troublesOf,
  verdictOf,
} from './sections.js';

/**
 * Looks at the config alone: nothing is asked of anybody, and none of its commands is run. Exit code 0, or 2 for whatever
 * a run would stumble over.
 */
export async function checkOffline(world: CommandWorld): Promise<number> {
  const { config, commands } = await world.lookAtConfig();
  const unrun = commands.map((path): Finding => {
    const message = 'comes from a command, which was not run';
    return { level: config === null ? 'warning' : 'ok', subject: path, message };
  });
  const { sections, fits } = config === null ? unread() : await lookAt(config, world);
  const [first, ...others] = sections;
  const all = first === undefined ? [] : [{ ...first, findings: [...first.findings, ...unrun] }, ...others];
  const ending = verdictOf(all, { ready: 'hrsync check', again: 'hrsync check --offline' });
  const text = `${renderSections(all, world)}\nNobody was asked. ${ending}`;
  const json = { format: 1, exit_code: exitCodeOf(all), sections: all, mapping: fits.map(fitDocument) };
  world.print({ text, json, troubles: troublesOf(all) });
  return exitCodeOf(all);
}

interface Looked {
  readonly sections: readonly Section[];
  readonly fits: readonly Fit[];
}

// What else stands in the file was read and is good, or the file would have been refused.
function unread(): Looked {
  const message = 'what stands in the file is valid; the rest hangs on what a command prints';
  return { sections: [{ title: 'Config', findings: [{ level: 'ok', subject: 'config', message }] }], fits: [] };
}

async function lookAt(config: Config, world: CommandWorld): Promise<Looked> {
  const source = config.source.definition;
  const target = config.target.definition;
  const told = source.lookOffline?.(config.source.settings, neededFields(config)) ?? { fields: [], findings: [] };
  const sides = { source: told.fields, target: target.fields, table: target.types, customFields: 'unlisted' } as const;
  const fits = judgeTypes(config.mapping, sides);
  const good = 'every line fits, as far as is known without asking';
  const fields = config.mapping.map(({ field }) => field);
  const sections = [
    { title: 'Config', findings: configFindings(config, fields) },
    { title: source.title, findings: told.findings },
    { title: 'Mapping', findings: [...misfitFindings(fits, target.title, good), ...openedFindings(config, world)] },
    { title: 'Paths', findings: await pathFindings(config) },
  ];
  return { sections: sections.filter(({ findings }) => findings.length > 0), fits };
}

/** What opening both adapters shows, which asks nobody: certificates that cannot be used, lines that are not sent. */
function openedFindings(config: Config, world: CommandWorld): readonly Finding[] {
  try {
    const { target } = connect(config, world);
    return config.mapping.flatMap(({ field }): readonly Finding[] => {
      const reason = target.withheld(field);
      const subject = placeIn(config, linePath(field));
      return reason === null ? [] : [{ level: 'warning', subject, message: `${field} is not sent: ${reason}` }];
    });
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    return [{ level: 'error', subject: 'settings', message: error.message, cause: 'config' }];
  }
}
