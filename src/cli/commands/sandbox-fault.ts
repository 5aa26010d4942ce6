import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { columns, renderTable } from '../../report/table.js';
import { FAULT_KINDS } from '../../sandbox/index.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { askControl, findSandbox } from '../sandbox/running.js';

/** How a fault is ordered. */
export interface FaultFlags {
  readonly control?: string | undefined;
  readonly route?: string | undefined;
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  /** How many requests it hits; absent: each one until it is cleared. */
  readonly times?: number | undefined;
  readonly set: Readonly<Record<string, string>>;
}

interface Entry {
  readonly system: string;
  readonly name: string;
  readonly matched: number;
  readonly struck: number;
}

/** Lists what can go wrong, and what does on a running sandbox. */
export function sandboxFaults({ control }: Pick<FaultFlags, 'control'>): CommandBody {
  return async (world) => {
    const url = await findSandbox(world.host, control);
    const names = await systemsAt(url);
    const faults: Entry[] = [];
    for (const system of names) faults.push(...(await faultsOf(url, system)));
    const kinds = renderTable(columns('kind', 'what goes wrong'), Object.entries(FAULT_KINDS), world.width);
    const rows = faults.map(({ system, name, struck }) => [system, name, String(struck)]);
    const present =
      rows.length === 0
        ? 'Nothing goes wrong now.\n'
        : renderTable(columns('system', 'fault', 'requests hit'), rows, world.width);
    const text = `${kinds}\n${present}\nSystems: ${names.join(', ')}\nhrsync sandbox fault add SYSTEM KIND; hrsync sandbox fault clear\n`;
    world.print({ text, json: { format: 1, kinds: FAULT_KINDS, systems: names, faults } });
    return EXIT.done;
  };
}

/** Orders a fault. */
export function sandboxFaultAdd(system: string, kind: string, flags: FaultFlags): CommandBody {
  return async (world) => {
    const url = await findSandbox(world.host, flags.control);
    await requireSystem(url, system);
    const { route, path, method, times, set } = flags;
    const settings = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, valueOf(key, value)]));
    const fault = { kind, ...(kind === 'status' && { status: 503 }), ...settings };
    const match = { ...(route && { route }), ...(path && { path }), ...(method && { method }) };
    await askControl(`${url}/${system}/faults`, 'POST', { fault, match, times: times ?? null });
    const until = times === undefined ? 'until "hrsync sandbox fault clear"' : times === 1 ? 'once' : `${times} times`;
    return told(world, `${system}: ${kind}, ${until}`, { system, fault, match, times: times ?? null });
  };
}

/** Takes back the faults of one system, or all. */
export function sandboxFaultClear(system: string | undefined, { control }: Pick<FaultFlags, 'control'>): CommandBody {
  return async (world) => {
    const url = await findSandbox(world.host, control);
    if (system !== undefined) await requireSystem(url, system);
    const names = system === undefined ? await systemsAt(url) : [system];
    for (const name of names) await askControl(`${url}/${name}/faults`, 'DELETE');
    return told(
      world,
      system === undefined ? 'Nothing goes wrong any more' : `${system}: nothing goes wrong any more`,
      { cleared: names },
    );
  };
}

function told(world: CommandWorld, sentence: string, facts: object): number {
  world.print({ text: `${sentence}\n`, json: { format: 1, ...facts } });
  return EXIT.done;
}

async function requireSystem(url: string, system: string): Promise<void> {
  const names = await systemsAt(url);
  if (!names.includes(system)) throw new UsageError(`the sandbox has no ${system}; there is ${names.join(', ')}`);
}

async function systemsAt(url: string): Promise<readonly string[]> {
  return listIn(await askControl(url, 'GET'), 'systems').map((one) => String(Reflect.get(one, 'name')));
}

async function faultsOf(url: string, system: string): Promise<readonly Entry[]> {
  const faults = listIn(await askControl(`${url}/${system}/faults`, 'GET'), 'faults');
  return faults.map((one) => {
    const count = (key: string) => Number(Reflect.get(one, key));
    return { system, name: String(Reflect.get(one, 'name')), matched: count('matched'), struck: count('struck') };
  });
}

function listIn(answer: unknown, key: string): readonly object[] {
  const list: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, key) : null;
  return Array.isArray(list) ? list.filter((one): one is object => typeof one === 'object' && one !== null) : [];
}

// Attributes are a list, also of one.
function valueOf(key: string, value: string): unknown {
  if (key === 'attributes') return value.split(',');
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
