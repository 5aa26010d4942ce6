import { stringify } from 'yaml';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Connect, Connector, ConnectorOptions } from './connector.js';
import { CSV_COLUMNS, csvOf, writeExport } from './csv.js';
import { connectPair, type PairSource, SOURCES, type Target, UNPACED, unpacedConfig } from './pairs.js';

/** An HR system whose people somebody reads: a stand-in, or a file that is written from the same company. */
export interface HrSide {
  readonly name: string;
  readonly type: string;
  open(connect: Connect, target: Target, sandbox: ConnectorOptions['sandbox']): Promise<Connector>;
  /** Lets HR show everything that it knows at an instant, and everybody. */
  show(connector: Connector, at: Date): Promise<void>;
  /** Ways in which HR shows only a part of the company, each with what the run says of it. */
  readonly shortReads: readonly (readonly [says: RegExp, spoil: (connector: Connector) => Promise<void>])[];
}

/** Every HR system that hrsync reads. */
export const HR_SIDES: readonly HrSide[] = [...SOURCES.map(overHttp), fromFile()];

function overHttp(pair: PairSource): HrSide {
  const [name, type, , route] = pair;
  return {
    ...{ name, type },
    open: (connect, target, sandbox) => connectPair(connect, pair, target, sandbox),
    show: async ({ sandbox }) => sandbox[type].faults.clear(),
    shortReads: [
      [
        /incomplete|implausible|cannot be believed|plausible/,
        async ({ sandbox }) => {
          sandbox[type].faults.add({ match: { route }, times: null, fault: { kind: 'short_list', keep: 0.5 } });
        },
      ],
    ],
  };
}

function fromFile(): HrSide {
  const written = ({ company }: Connector) => csvOf(company, { trailer: true });
  return {
    name: 'CSV',
    type: 'csv',
    async open(connect, target, sandbox) {
      const connector = await connect({ sandbox: { ...UNPACED, ...sandbox } });
      await connector.configure(unpacedConfig(withFile(connector.sandbox), ['CSV', 'csv', ''], target));
      return connector;
    },
    async show(connector, at) {
      await writeExport(connector, written(connector), 600, at);
    },
    shortReads: [
      [/cut off/, async (connector) => void (await writeExport(connector, written(connector).slice(0, -40)))],
      [/is no trailer/, async (connector) => void (await writeExport(connector, csvOf(connector.company)))],
      [
        /the trailer of people\.csv says \d+ rows, and \d+ came/,
        async (connector) => void (await writeExport(connector, withoutHalf(written(connector)))),
      ],
    ],
  };
}

/** The stand-ins, and a file beside them as one more HR system. */
function withFile(sandbox: Sandbox): Parameters<typeof unpacedConfig>[0] {
  const source = {
    type: 'csv',
    path: './people.csv',
    columns: CSV_COLUMNS,
    complete_when: { trailer: '^TOTAL;(\\d+)' },
  };
  const file = { name: 'csv', attributes: { badge: 'badge', certified: 'certified' }, section: stringify({ source }) };
  return { targets: sandbox.targets, sources: [...sandbox.sources, file] };
}

function withoutHalf(file: string): string {
  const rows = file.split('\r\n');
  return rows.filter((_, index) => index < rows.length / 2 || index >= rows.length - 2).join('\r\n');
}
