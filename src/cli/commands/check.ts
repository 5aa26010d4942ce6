import { neededFields } from '../../config/needed-fields.js';
import { HrsyncError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Finding } from '../../http/world.js';
import { renderFindings } from '../../report/index.js';
import { openStore } from '../../store/sqlite/index.js';
import type { Connector } from '../connector.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { connect } from '../session.js';

/** Looks at everything that a run needs and names every trouble in one go. Changes nothing. */
export function check(): CommandBody {
  return async (world) => {
    const config = await world.loadConfig();
    const connector = connect(config, world);
    const sections = [
      { title: 'Config', findings: configFindings(connector) },
      { title: connector.source.title, findings: await connector.source.check(neededFields(config)) },
      {
        title: connector.target.title,
        findings: await connector.target.check(config.mapping.map(({ field }) => field)),
      },
      { title: 'State', findings: [await stateFinding(connector, world)] },
    ];
    world.print({ text: render(sections, world), json: { format: 1, exit_code: exitCodeOf(sections), sections } });
    return exitCodeOf(sections);
  };
}

interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

function configFindings({ config, mapping }: Connector): readonly Finding[] {
  const fields = mapping.rules.map(({ field }) => field).join(', ');
  const good: Finding = { level: 'ok', subject: 'config', message: `${config.file} is valid; mapped: ${fields}` };
  return [good, ...config.warnings.map((message): Finding => ({ level: 'warning', subject: 'config', message }))];
}

async function stateFinding({ config, identity }: Connector, { now }: CommandWorld): Promise<Finding> {
  try {
    const store = await openStore({ file: config.state, identity, mode: 'read', now });
    const { active } = await store.countSnapshots();
    await store.close();
    const message =
      active === 0 ? `${config.state} holds no account yet` : `${config.state} holds ${active} active accounts`;
    return { level: 'ok', subject: 'state', message };
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    return { level: 'error', subject: 'state', message: error.message };
  }
}

function exitCodeOf(sections: readonly Section[]): number {
  const errors = sections.flatMap(({ findings }) => findings).filter(({ level }) => level === 'error');
  if (errors.length === 0) return EXIT.done;
  if (errors.some(({ cause }) => cause === 'credentials')) return EXIT.credentials;
  return errors.some(({ cause }) => cause === 'config') ? EXIT.usage : EXIT.unexpected;
}

function render(sections: readonly Section[], { width, colour }: CommandWorld): string {
  return sections.map(({ title, findings }) => `${title}\n${renderFindings(findings, { width, colour })}`).join('\n');
}
