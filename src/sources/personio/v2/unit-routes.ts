/** What an employment names by id alone, called as the attribute of v1 that holds it. */
export const UNIT_KINDS = ['department', 'team', 'subcompany', 'office', 'cost_centers'] as const;

export type UnitKind = (typeof UNIT_KINDS)[number];

interface UnitRoute {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Whether one unit can be asked for by its id: the only way where the list is closed to these credentials. */
  readonly hasSingle: boolean;
  /** The right that reading it takes, in words. */
  readonly right: string;
  /** How reports call one of them. */
  readonly word: string;
}

/**
 * Where names are read. All of them are generally available since 2026; a list may be closed to credentials all the same. The
 * calls are described on the reference pages alone: the OpenAPI files of persons and employments do not hold them.
 * https://developer.personio.de/reference/org-units, https://developer.personio.de/reference/legal-entities
 */
export const UNIT_ROUTES: Readonly<Record<UnitKind, UnitRoute>> = {
  department: orgUnit('department'),
  team: orgUnit('team'),
  subcompany: { path: '/v2/legal-entities', query: {}, hasSingle: true, right: 'legal entities', word: 'legal entity' },
  office: { path: '/v2/workplaces', query: {}, hasSingle: false, right: 'workplaces', word: 'workplace' },
  cost_centers: { path: '/v2/cost-centers', query: {}, hasSingle: false, right: 'cost centers', word: 'cost center' },
};

function orgUnit(type: 'department' | 'team'): UnitRoute {
  return { path: '/v2/org-units', query: { type }, hasSingle: true, right: 'org units', word: type };
}
