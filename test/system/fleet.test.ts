import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { type Connector, day, test } from '../support/connector.js';
import { Fleet } from '../support/fleet.js';
import { DAY, PARTS } from '../support/part.js';
import { NO_POSTGRES } from '../support/postgres.js';

/** A part of what `npm run test:all` tries: each connector takes seconds. */
const CONNECTORS = PARTS === 1 ? 60 : 16;
const LEAVERS = PARTS === 1 ? 40 : 12;
/** People of the made-up company; each connector has those whose ids leave its own number. */
const PEOPLE = 120;

/** A fleet of many connectors that share the company among them, a few people each and nobody twice. */
async function manyConnectors(connector: Connector): Promise<Fleet> {
  const fleet = await Fleet.open(connector);
  const ids = connector.company.people.map(({ id }) => String(id));
  for (let index = 0; index < CONNECTORS; index += 1) {
    const mine = ids.filter((_, place) => place % CONNECTORS === index);
    await fleet.write(`customer-${String(index).padStart(2, '0')}`, {
      mapping: { manager: null },
      employees: {
        filter: [
          { field: 'work_email', not_matching: '-personio-login@' },
          { field: 'id', in: mine },
        ],
      },
      invitations: { existing_staff: 'send', send: 'immediately' },
      safety: { max_left_out: '100%', max_deactivations: '100%' },
    });
  }
  const { code, stderr } = await fleet.run('apply');
  expect(code, stderr).toBe(0);
  return fleet;
}

/** How often each address occurs that occurs more than once. */
function repeated(addresses: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return addresses.filter((address) => seen.has(address) || !seen.add(address));
}

describe.skipIf(NO_POSTGRES !== null)('a fleet of many connectors', () => {
  test('with two workers, one of them killed: nobody is created, mailed or ended twice, and nobody is lost', {
    timeout: 240_000,
  }, async ({ connect }) => {
    const connector = await connect({ people: PEOPLE });
    const fleet = await manyConnectors(connector);
    await fleet.nightfall();
    await twoWorkers(fleet, DAY % 2 === 0, () => connector.lms.list().length > 20);
    expect(repeated(connector.lms.list().map(({ email }) => email))).toEqual([]);
    expect(repeated(connector.mailed)).toEqual([]);
    const leavers = connector.company.people.filter(({ id }) => heldBy(connector, id) !== null).slice(0, LEAVERS);
    for (const { id } of leavers) connector.hr.apply({ kind: 'terminate', person: id, on: day(-1) });
    connector.takeRequests();
    await fleet.nightfall();
    const isEnded = ({ id }: { readonly id: number }) => heldBy(connector, id)?.status === 'deactivated';
    await twoWorkers(fleet, DAY % 2 === 1, () => leavers.filter(isEnded).length > LEAVERS / 5);
    expect(leavers.filter((one) => !isEnded(one))).toEqual([]);
    const endings = connector.takeWrites().filter(({ route }) => route === 'users.deactivate');
    expect(endings.length).toBe(leavers.length);
    expect(await fleet.json('status')).toMatchObject({ totals: { connectors: CONNECTORS, ok: CONNECTORS } });
    const again = ['import-all', '--dry-run', '--json', '-c', 'fleet.yaml', '--connector', 'customer-00'];
    expect(JSON.parse((await connector.run(again)).stdout)).toMatchObject({ changes: [], exit_code: 0 });
  });
});

function heldBy({ lms }: Connector, id: number) {
  return lms.findByExternalId(String(id));
}

/** Two workers carry out the night; one may be killed on the way. An ordinary run of the tests waits for one lease only. */
async function twoWorkers(fleet: Fleet, isToday: boolean, isTime: () => boolean): Promise<void> {
  const isKilled = isToday || PARTS === 1;
  const doomed = fleet.start('work', '--name', 'doomed', '--slots', '8', ...(isKilled ? [] : ['--once']));
  const other = fleet.start('work', '--name', 'other', '--slots', '8', '--once');
  if (isKilled) {
    while (!isTime()) await wait(20);
    doomed.child.kill('SIGKILL');
  }
  await doomed.ended;
  const { code, stderr } = await other.ended;
  expect(code, stderr).toBe(0);
}
