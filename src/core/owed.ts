/** What a connector of a fleet can owe, the most urgent first. `manual`: somebody asked for a run by hand. */
export const OWED_KINDS = ['manual', 'events', 'night', 'sync'] as const;
export type OwedKind = (typeof OWED_KINDS)[number];

/** What a connector owes, with the instant (ISO, UTC) since which; a later request of a kind replaces the instant. */
export type Owed = Readonly<Partial<Record<OwedKind, string>>>;
