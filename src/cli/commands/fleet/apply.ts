import { userInfo } from 'node:os';
import { type ConnectorFile, readConnectors } from '../../../config/fleet.js';
import { count } from '../../../core/count.js';
import { EXIT } from '../../../exit.js';
import { firstDue, offsetOf } from '../../../fleet/index.js';
import type { AppliedConnector, RegisteredConnector } from '../../../store/fleet.js';
import { withFleet } from '../../fleet/with-fleet.js';
import type { CommandBody } from '../../process.js';

/** What `fleet apply` finds: names in the order of the files. */
interface Differences {
  readonly new: readonly string[];
  readonly changed: readonly string[];
  readonly returned: readonly string[];
  readonly retired: readonly string[];
  readonly unchanged: number;
}

/** Checks every connector's file, then writes what differs as a new version. */
export function fleetApply(flags: { readonly dryRun?: true | undefined }): CommandBody {
  return async (world) => {
    const fleet = await world.loadFleet();
    // Before the database is asked: with a wrong file nothing is to be written, and nothing is.
    const files = await readConnectors(fleet, { environment: world.host.env, workingDirectory: world.host.cwd() });
    return withFleet({ ...world, loadFleet: async () => fleet }, async ({ store }) => {
      const known = new Map((await store.connectors()).map((one) => [one.name, one]));
      const applied = files.map((file) => appliedOf(file, known.get(file.name), fleet.spread, world.now()));
      const differing = applied.filter((one) => differs(one, known.get(one.name)));
      const names = new Set(files.map(({ name }) => name));
      const retired = [...known.values()].filter((one) => !one.retired && !names.has(one.name)).map(({ name }) => name);
      if (!flags.dryRun && differing.length + retired.length > 0)
        await store.apply(differing, retired, userInfo().username);
      const differences: Differences = {
        new: differing.filter(({ name }) => !known.has(name)).map(({ name }) => name),
        changed: differing.filter(({ name }) => known.get(name)?.retired === false).map(({ name }) => name),
        returned: differing.filter(({ name }) => known.get(name)?.retired === true).map(({ name }) => name),
        retired,
        unchanged: applied.length - differing.length,
      };
      const dryRun = flags.dryRun ?? false;
      world.print({ text: textOf(differences, dryRun), json: { format: 1, dry_run: dryRun, ...differences } });
      return EXIT.done;
    });
  };
}

function appliedOf(
  file: ConnectorFile,
  known: RegisteredConnector | undefined,
  spread: number,
  now: Date,
): AppliedConnector {
  const { schedule, timezone, name } = file;
  const nextDueAt = firstDue({ schedule, timezone, offset: offsetOf(name, spread) }, now);
  const hasNewTimes =
    known === undefined ||
    known.retired ||
    known.timezone !== timezone ||
    known.schedule.importAll !== schedule.importAll ||
    known.schedule.sync !== schedule.sync;
  return { ...file, nextDueAt, isNewVersion: known?.text !== file.text, hasNewTimes };
}

// The tenant also comes of a template in fleet.yaml.
function differs(one: AppliedConnector, known: RegisteredConnector | undefined): boolean {
  return one.isNewVersion || known === undefined || known.retired || known.tenant !== one.tenant;
}

function textOf(differences: Differences, dryRun: boolean): string {
  const lines = (['new', 'changed', 'returned', 'retired'] as const).flatMap((kind) =>
    differences[kind].map((name) => `  ${kind.padEnd(8)}  ${name}`),
  );
  const { new: added, changed, returned, retired, unchanged } = differences;
  const total = `${added.length} new, ${changed.length + returned.length} changed, ${retired.length} retired, ${unchanged} unchanged`;
  const head = dryRun ? 'Would write: ' : lines.length === 0 ? 'Nothing differs: ' : 'Written: ';
  return [...lines, `${head}${total} (${count(unchanged + lines.length - retired.length, 'connector')})`, ''].join(
    '\n',
  );
}
