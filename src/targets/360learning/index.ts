import { type Account, CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { MappingRule } from '../../core/mapping.js';
import { placeKey } from '../../core/place.js';
import { emptyFields, type Fields } from '../../core/value.js';
import { addressIdentity } from '../../http/settings.js';
import type { TargetDefinition, TargetField } from '../target.js';
import { FIELDS, GROUP, TYPES } from './catalogue.js';
import { checkLearning360 } from './check.js';
import { createLearning360Client } from './client.js';
import { createCustomFields } from './custom-fields.js';
import { TITLE } from './errors.js';
import { createExternalIds } from './external-ids.js';
import { createFinder } from './find.js';
import { inspectAccounts } from './inspect.js';
import { createManagers } from './managers.js';
import { createMemberships } from './memberships.js';
import { createOrgChart } from './org-chart.js';
import { createPlacement } from './placement.js';
import { accountFrom, isDeleted } from './record.js';
import { missingReferences } from './references.js';
import { type Learning360Settings, learning360Settings } from './settings.js';
import { createWriter } from './write.js';

/** 360Learning by its REST API, version 2: https://360learning.readme.io/ */
export const learning360: TargetDefinition<Learning360Settings> = {
  type: '360learning',
  title: TITLE,
  fields: FIELDS,
  types: TYPES,
  settings: learning360Settings,
  credentialName: ({ client_id }) => client_id,
  impliedRules,
  open(settings, world, rules) {
    const client = createLearning360Client(settings, world);
    const reading = { ...settings, zone: world.timezone ?? 'UTC' };
    const externalIds = createExternalIds(client);
    const customFields = createCustomFields(client, { create: settings.create_custom_fields }, rules, world.log);
    const memberships = createMemberships(client, settings, world);
    const orgChart = createOrgChart(client, settings);
    const placement = createPlacement(client, memberships, orgChart, settings);
    const managers = createManagers(client, externalIds);
    const finder = createFinder(client, externalIds, reading);
    const parts = { client, externalIds, customFields, managers, placement, memberships };
    const isMapped = (fits: (field: string) => boolean) =>
      rules === undefined || rules.some(({ field }) => fits(field));
    const company = settings.company === undefined ? '' : ` ${settings.company}`;

    /** What of somebody are resources of their own, as far as it is managed; `roles` where they were read already. */
    async function further(id: string, roles?: Awaited<ReturnType<typeof client.roles>>): Promise<Fields> {
      // No await may stand inside the list: a promise before it that fails meanwhile would fail unhandled and end the process.
      const groupOf = async () => placement.groupOf(roles ?? (await client.roles(id)));
      const [custom, manager, group] = await Promise.all([
        isMapped((field) => field.startsWith(CUSTOM_FIELD_PREFIX)) ? customFields.read(id) : {},
        isMapped((field) => field === 'manager') ? managers.of(id) : undefined,
        isMapped((field) => field === GROUP) ? groupOf() : undefined,
      ]);
      return { ...custom, ...(manager !== undefined && { manager }), ...(group !== undefined && { [GROUP]: group }) };
    }

    async function read(accountId: string, roles?: Awaited<ReturnType<typeof client.roles>>): Promise<Account | null> {
      const user = await client.user(accountId);
      if (user === null) return null;
      const account = accountFrom(user, await externalIds.ofUser(accountId), reading);
      // Of somebody who was deleted the rest is gone.
      if (isDeleted(user)) return account;
      return { ...account, fields: Object.assign(emptyFields(), account.fields, await further(accountId, roles)) };
    }

    return {
      type: '360learning',
      title: TITLE,
      identity: `${addressIdentity('360learning', settings.base_url)}${company}`,
      capabilities: {
        ...{ inviteByHand: false, externalId: true, externalIdFollows: true, listShowsAll: false },
        customFields: settings.create_custom_fields ? 'made' : 'listed',
      },
      concurrency: Math.max(settings.writes_at_once, settings.concurrency),
      ...createWriter(parts, reading, world),
      ...finder,
      usedUp: client.usedUp,
      withheld: () => null,
      async fields() {
        const custom = await Promise.all(
          (await customFields.list()).map(async (field): Promise<TargetField> => {
            const choices = await customFields.choices(field);
            const type = field.type === 'date' ? 'date' : choices === null ? 'text' : 'choice';
            return { name: `${CUSTOM_FIELD_PREFIX}${field.name}`, type, required: false, choices };
          }),
        );
        return [...FIELDS, ...custom];
      },
      get: (accountId) => read(accountId),
      inspect: (accountIds) =>
        inspectAccounts(accountIds, { roles: client.roles, read, concurrency: settings.concurrency }),
      ...(settings.levels.length > 0 && {
        async settle(fields: Fields) {
          const place = fields[GROUP];
          if (typeof place !== 'string') return { fields, unplaced: null };
          const { group, unplaced } = await orgChart.resolve(place);
          return { fields: Object.assign(emptyFields(), fields, { [GROUP]: group }), unplaced };
        },
      }),
      expect: customFields.expect,
      recall: customFields.recall,
      notes: customFields.notes,
      missingReferences: (fields) => missingReferences(customFields, settings, fields),
      check: (fields) => checkLearning360({ client, customFields, orgChart, settings, rules: rules ?? [] }, fields),
    };
  },
};

/** The org chart decides by HR fields that no LMS field names, and a day ahead needs the termination date. */
function impliedRules(
  { levels, level_groups, group, remove }: Learning360Settings,
  mapping: readonly MappingRule[],
): readonly MappingRule[] {
  const always = { from: [], whenEmpty: 'clear', write: 'always' } as const;
  const groups = Object.fromEntries(Object.entries(level_groups).map(([path, id]) => [placeKey(path), id]));
  const placed: MappingRule[] =
    levels.length === 0 ? [] : [{ ...always, field: GROUP, levels: { fields: levels, groups, top: group } }];
  const named = mapping.some(({ field }) => field === 'leave_date');
  if (remove === 'now' || named) return placed;
  return [...placed, { ...always, field: 'leave_date', from: ['termination_date'], type: 'date' }];
}
