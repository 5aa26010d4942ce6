/** Somebody who wants an address. */
export interface Claim {
  readonly employeeId: string;
  readonly emailKey: string;
  /** Whether the person has an account of their own already. */
  readonly linked: boolean;
}

/** The linked account that holds an address now. */
export interface Holder {
  readonly employeeId: string;
  readonly accountId: string;
  readonly emailKey: string;
  /** `stays`: keeps the address. `moves`: wants another in this plan. `gone`: has left, or is in HR no more. */
  readonly intention: 'stays' | 'moves' | 'gone';
}

/** What becomes of a claim that cannot simply be granted. */
export type ClaimVerdict =
  | { readonly verdict: 'duplicate'; readonly others: readonly string[] }
  | { readonly verdict: 'takeover'; readonly holder: Holder };

/**
 * Settles who gets which address. Who holds it already keeps it; of several who do not, none gets it; the address of
 * somebody who is gone brings their account along, to one newcomer. Claims without a verdict are granted. Who is refused
 * the address they want stays at the one they hold, and nobody else gets that.
 */
export function settleClaims(claims: readonly Claim[], holders: readonly Holder[]): Map<string, ClaimVerdict> {
  const groups = groupByKey(claims);
  const holderOf = new Map<string, Holder>();
  for (const holder of holders) {
    const other = holderOf.get(holder.emailKey);
    if (other === undefined || FIRMNESS[holder.intention] > FIRMNESS[other.intention])
      holderOf.set(holder.emailKey, holder);
  }
  const moving = new Map(holders.filter(({ intention }) => intention === 'moves').map((one) => [one.employeeId, one]));
  const verdicts = new Map<string, ClaimVerdict>();
  const keys = [...groups.keys()];
  // The list grows on the way: a refused move brings the address that it would have freed before the judge again.
  for (const key of keys) {
    const refused = settleAddress(groups.get(key) ?? [], holderOf.get(key), verdicts);
    for (const id of refused) {
      const holder = moving.get(id);
      if (holder === undefined) continue;
      moving.delete(id);
      holderOf.set(holder.emailKey, { ...holder, intention: 'stays' });
      keys.push(holder.emailKey);
    }
  }
  return verdicts;
}

const FIRMNESS = { gone: 0, moves: 1, stays: 2 } as const;

/** Settles one address and tells who does not get it. */
function settleAddress(
  group: readonly Claim[],
  holder: Holder | undefined,
  verdicts: Map<string, ClaimVerdict>,
): readonly string[] {
  const ids = group.map((claim) => claim.employeeId);
  const keeper = holder?.intention === 'stays' ? holder.employeeId : null;
  if (keeper !== null || group.length > 1) {
    const everybody = [...new Set(keeper === null ? ids : [keeper, ...ids])];
    const refused = everybody.filter((id) => id !== keeper);
    for (const id of refused)
      verdicts.set(id, { verdict: 'duplicate', others: everybody.filter((other) => other !== id) });
    return refused;
  }
  const claim = group[0];
  if (claim && holder?.intention === 'gone' && !claim.linked && holder.employeeId !== claim.employeeId) {
    verdicts.set(claim.employeeId, { verdict: 'takeover', holder });
  }
  return [];
}

function groupByKey(claims: readonly Claim[]): Map<string, Claim[]> {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const group = groups.get(claim.emailKey);
    if (group) group.push(claim);
    else groups.set(claim.emailKey, [claim]);
  }
  return groups;
}
