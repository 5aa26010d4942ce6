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
 * somebody who is gone brings their account along, to one newcomer. Claims without a verdict are granted.
 */
export function settleClaims(claims: readonly Claim[], holders: readonly Holder[]): Map<string, ClaimVerdict> {
  const holderOf = new Map<string, Holder>();
  for (const holder of holders) {
    const other = holderOf.get(holder.emailKey);
    if (other === undefined || other.intention === 'gone') holderOf.set(holder.emailKey, holder);
  }
  const verdicts = new Map<string, ClaimVerdict>();
  for (const [key, group] of groupByKey(claims)) {
    const holder = holderOf.get(key);
    const keeper = holder?.intention === 'stays' ? holder.employeeId : null;
    if (keeper !== null || group.length > 1) {
      const everybody = [...new Set([...(keeper === null ? [] : [keeper]), ...group.map((claim) => claim.employeeId)])];
      for (const { employeeId } of group) {
        if (employeeId === keeper) continue;
        verdicts.set(employeeId, { verdict: 'duplicate', others: everybody.filter((id) => id !== employeeId) });
      }
      continue;
    }
    const claim = group[0];
    if (claim && holder?.intention === 'gone' && !claim.linked && holder.employeeId !== claim.employeeId) {
      verdicts.set(claim.employeeId, { verdict: 'takeover', holder });
    }
  }
  return verdicts;
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
