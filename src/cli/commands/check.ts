import type { Config } from '../../config/config.js';
import { neededFields } from '../../config/needed-fields.js';
import { count } from '../../core/count.js';
import { shownPlace } from '../../core/state-place.js';
import type { Fit } from '../../core/type-check.js';
import { HrsyncError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import { renderFits } from '../../report/fit-text.js';
import { openStore } from '../../store/open.js';
import { judgeMapping } from '../../sync/plan/mapping-types.js';
import { unplacedNotices } from '../../sync/plan/settle.js';
import { type Trial, tryMapping } from '../../sync/plan/try-mapping.js';
import { mailFindings } from '../check/mail.js';
import { checkOffline } from '../check/offline.js';
import {
  configFindings,
  exitCodeOf,
  fitDocument,
  misfitFindings,
  renderSections,
  type Section,
  troublesOf,
  verdictOf,
} from '../check/sections.js';
import { connect } from '../connect.js';
import { type Connector, placeIn, policyOf, statePlace } from '../connector.js';
import { nextCommand } from '../next-command.js';
import type { CommandBody, CommandWorld } from '../process.js';

interface CheckFlags {
  readonly offline?: true | undefined;
}

/**
 * Looks at everything that a run needs and names every trouble in one go; with `--offline` at the config alone. Changes
 * nothing.
 */
export function check({ offline }: CheckFlags): CommandBody {
  return async (world) => {
    if (offline) return checkOffline(world);
    const config = await world.loadConfig();
    const connector = connect(config, world);
    const { fits, findings } = await mappingFindings(connector);
    const look = lookAt(connector, world);
    const sections: readonly Section[] = [
      {
        title: 'Config',
        findings: configFindings(
          config,
          connector.mapping.rules.map(({ field }) => field),
        ),
      },
      { title: connector.source.title, side: 'source', findings: await connector.source.check(neededFields(config)) },
      {
        title: connector.target.title,
        side: 'target',
        findings: await connector.target.check(config.mapping.map(({ field }) => field)),
      },
      {
        title: 'Mapping',
        findings: [...findings, ...(await trialFindings(connector, look))],
      },
      { title: 'State', findings: [await stateFinding(connector, world)] },
      ...(config.notify.mail === null ? [] : [{ title: 'Mail', findings: await mailFindings(config.notify) }]),
    ];
    const shown = sections.map(({ title, findings: found }) => ({ title, findings: found }));
    const between = { source: connector.source.title, target: connector.target.title };
    const table = fits.length === 0 ? '' : `\n${renderFits(fits, between, world.width)}`;
    const ending = verdictOf(sections, {
      ready: nextCommand(world, 'import-all --dry-run'),
      again: nextCommand(world, 'check'),
    });
    const json = { format: 1, exit_code: exitCodeOf(sections), sections: shown, mapping: fits.map(fitDocument) };
    world.print({
      text: `${renderSections(sections, world)}${table}\n${ending}`,
      json,
      troubles: troublesOf(sections),
    });
    return exitCodeOf(sections);
  };
}

/** The mapping held against the types of both sides; what cannot be asked is told by the sections of the two systems. */
async function mappingFindings(
  connector: Connector,
): Promise<{ readonly fits: readonly Fit[]; readonly findings: readonly Finding[] }> {
  try {
    const fits = await judgeMapping(connector);
    const good = 'every line fits, as far as the two systems tell';
    return { fits, findings: misfitFindings(fits, connector.target.title, good) };
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    const message = `${connector.target.title} did not tell its fields, so the types are not checked`;
    return { fits: [], findings: [{ level: 'warning', subject: 'types', message }] };
  }
}

type Look = Parameters<typeof tryMapping>[0];

/** What people are looked at with, to try the config on them. */
function lookAt({ config, source, target, mapping }: Connector, { now }: CommandWorld): Look {
  return { source, target, mapping, policy: policyOf(config, now(), undefined), neededFields: neededFields(config) };
}

/** The mapping tried on people whom HR shows: a line that fails for most is a mistake of the config, not of HR. */
async function trialFindings({ config, source }: Connector, look: Look): Promise<readonly Finding[]> {
  const subject = 'people';
  try {
    const trial = await tryMapping(look);
    const { tried, wanted, outside, skipped } = trial;
    const sums = `${wanted} would have an account, ${outside} out of scope, ${skipped} skipped`;
    if (tried === 0) {
      const message = `${source.title} shows nobody who works there: these credentials may lack the right to see people`;
      return [{ level: 'warning', subject, message }];
    }
    return [
      ...trial.failing.map(({ line, people, example }): Finding => {
        const message = `fails for ${people} of ${count(tried - outside, 'person', 'people')}, for example #${example.employee.id}: ${example.reason}`;
        return { level: 'error', subject: placeIn(config, line), message, cause: 'config' };
      }),
      ...statusFindings(config, trial.statuses),
      {
        level: wanted === 0 ? 'warning' : 'ok',
        subject,
        message: `tried on ${count(tried, 'person', 'people')}: ${sums}`,
      },
      ...placeFindings(trial.unplaced),
    ];
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    return [{ level: 'warning', subject, message: `could not be tried: ${error.message}` }];
  }
}

/** Status words that change nothing, because neither the source nor the config knows them. */
function statusFindings({ source: { settings } }: Config, statuses: ReadonlyMap<string, number>): readonly Finding[] {
  const isMapped = typeof settings === 'object' && settings !== null && 'status' in settings;
  const remedy = isMapped ? 'add it to source.status.map' : 'correct it in HR';
  return [...statuses].slice(0, MOST_WORDS).map(([word, people]) => {
    const message = `"${word.slice(0, 40)}" of ${count(people, 'person', 'people')} is not known, so they stay as they are: ${remedy}`;
    return { level: 'warning', subject: 'status', message };
  });
}

/** Number of status words that are told one by one. */
const MOST_WORDS = 20;

/** Values of HR that match no group of the LMS. */
function placeFindings(unplaced: Trial['unplaced']): readonly Finding[] {
  const subject = 'places';
  if (unplaced === null) return [];
  if (unplaced instanceof HrsyncError)
    return [{ level: 'warning', subject, message: `could not be looked up: ${unplaced.message}` }];
  const found = unplacedNotices(unplaced).map((message): Finding => ({ level: 'warning', subject, message }));
  return found.length > 0 ? found : [{ level: 'ok', subject, message: 'every value of HR leads to a group' }];
}

async function stateFinding(connector: Connector, { now }: CommandWorld): Promise<Finding> {
  const { config } = connector;
  try {
    const store = await openStore({ ...statePlace(connector, now), mode: 'read' });
    const { active } = await store.countSnapshots();
    await store.close();
    const message =
      active === 0
        ? `${shownPlace(config.state)} holds no account yet`
        : `${shownPlace(config.state)} holds ${count(active, 'active account')}`;
    return { level: 'ok', subject: 'state', message };
  } catch (error) {
    if (!(error instanceof HrsyncError)) throw error;
    return { level: 'error', subject: 'state', message: error.message };
  }
}
