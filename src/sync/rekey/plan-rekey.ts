import { EXTERNAL_ID, type Snapshot } from '../../core/account.js';
import { batchesOf } from '../../core/batches.js';
import type { EmployeeReference } from '../../core/employee.js';
import { areTooFew, type Pair, pairPeople, type RememberedPerson, type Unpaired } from '../../core/pairing.js';
import { namesOf } from '../../core/touch.js';
import type { RunContext } from '../context.js';
import { type Comparison, emailValue } from './compared-by.js';
import { type PersonInHr, readPeople } from './read-people.js';

/** A link, as far as people are shown it. */
export interface LinkFacts {
  readonly account: string;
  /** Whether the account is open, or invited to. */
  readonly isOpen: boolean;
}

/** What a rekey would do, before anybody agrees to it. */
export interface RekeyPlan {
  readonly by: string;
  /** The HR system that the state belongs to and the one of the config, by their identities. */
  readonly source: { readonly before: string; readonly now: string };
  readonly pairs: readonly (Pair & LinkFacts)[];
  readonly unpaired: readonly (Unpaired & LinkFacts)[];
  /** People without an account who are in the ledger of invitations. */
  readonly waiting: readonly Pair[];
  /** Whom HR shows and nobody remembered is paired with. */
  readonly others: readonly EmployeeReference[];
  /** The open accounts: how many there are, how many of them are paired, how many may stay without a pair. */
  readonly open: { readonly of: number; readonly paired: number; readonly allowed: number };
  readonly isRefused: boolean;
  /** How many accounts bear another external id than they should from now on; the next run writes it. */
  readonly rewritten: number;
  /** How many of these should bear what another linked account bears now, which an LMS may refuse. */
  readonly clashing: number;
  /** How many people HR shows. */
  readonly employees: number;
}

/** What a rekey is asked to do. */
export interface RekeyWish {
  readonly by: string;
  readonly comparison: Comparison;
  /** So many open accounts may stay without a pair, also where they are more than half. */
  readonly allowed: number;
}

/** Reads everybody in HR and pairs them with everybody whom the state remembers; writes nothing. */
export async function planRekey(context: RunContext, { by, comparison, allowed }: RekeyWish): Promise<RekeyPlan> {
  const { store, policy, source } = context;
  const before = (await store.heldSource()) ?? source.identity;
  const isOther = before !== source.identity;
  const people = await readPeople(context, { comparison, isOther });
  const links = await linksIn(context, comparison);
  const facts = (id: string): LinkFacts => links.get(id)?.facts ?? { account: '', isOpen: false };
  const paired = pairPeople(
    [...links.values()].map(({ person }) => person),
    people,
    policy.matchNames,
  );
  const pairs = paired.pairs.map((pair) => ({ ...pair, ...facts(pair.from.id) }));
  const unpaired = paired.unpaired.map((one) => ({ ...one, ...facts(one.employee.id) }));
  const taken = new Set(pairs.map(({ to }) => to.id));
  const free = people.filter(({ employee }) => !taken.has(employee.id));
  const waiting = await waitingPairs(context, links, free);
  const found = new Set(waiting.map(({ to }) => to.id));
  const isOpen = (one: LinkFacts) => one.isOpen;
  const openPairs = pairs.filter(isOpen).length;
  const open = { of: openPairs + unpaired.filter(isOpen).length, paired: openPairs, allowed };
  const keys = new Map(people.map(({ employee, key }) => [employee.id, key]));
  const rewritten = pairs.filter(({ from, to }) => isRewritten(links.get(from.id)?.key, keys.get(to.id)));
  const borne = new Set([...links.values()].map(({ key }) => key));
  return {
    ...{ by, source: { before, now: source.identity }, pairs, unpaired, waiting, open },
    others: free.map(({ employee }) => employee).filter(({ id }) => !found.has(id)),
    isRefused: areTooFew(open, allowed),
    rewritten: rewritten.length,
    clashing: rewritten.filter(({ to }) => borne.has(keys.get(to.id) ?? undefined)).length,
    employees: people.length,
  };
}

interface Link {
  readonly person: RememberedPerson;
  readonly facts: LinkFacts;
  /** The external id that the LMS acknowledged. */
  readonly key: Snapshot['fields'][string] | undefined;
}

async function linksIn({ store }: RunContext, comparison: Comparison): Promise<ReadonlyMap<string, Link>> {
  const links = new Map<string, Link>();
  for await (const batch of store.snapshots()) {
    for (const snapshot of batch) {
      const { employeeId: id, accountId: account, state, email, name, fields } = snapshot;
      if (state === 'deleted') continue;
      const employee = { id, email, name };
      const person = { employee, value: comparison.remembered(snapshot), names: namesOf(null, snapshot) };
      links.set(id, { person, facts: { account, isOpen: state !== 'deactivated' }, key: fields[EXTERNAL_ID] });
    }
  }
  return links;
}

const LEDGER = ['scheduled', 'sent', 'cancelled', 'withheld', 'uncertain'] as const;

// Who has no account has no fields either: the ledger knows their address and their name.
async function waitingPairs(
  { store, policy }: RunContext,
  links: ReadonlyMap<string, Link>,
  people: readonly PersonInHr[],
): Promise<readonly Pair[]> {
  const waiting = new Map<string, RememberedPerson>();
  for await (const batch of store.listInvitations(LEDGER)) {
    for (const { employee } of batch) {
      if (links.has(employee.id)) continue;
      const names = employee.name === null ? [] : [employee.name];
      waiting.set(employee.id, { employee, value: emailValue(employee.email), names });
    }
  }
  for (const ids of batchesOf(waiting.keys()))
    for (const { employeeId } of await store.snapshotsOf(ids)) waiting.delete(employeeId);
  const shown = people.map(({ employee, names }) => {
    const value = emailValue(employee.email);
    return { employee, names, values: value === null ? [] : [value] };
  });
  return pairPeople([...waiting.values()], shown, policy.matchNames).pairs;
}

function isRewritten(held: Link['key'], key: string | null | undefined): boolean {
  return typeof key === 'string' && held !== undefined && held !== null && held !== key;
}
