import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { MappingRule } from '../../core/mapping.js';
import { protector } from '../../core/protect.js';
import type { ScimSettings } from './settings.js';

/** What the mapping and the settings say of how a user is to be read and written. */
export interface ReadOptions {
  readonly settings: ScimSettings;
  /** Whether the mapping gives user names of their own; otherwise the e-mail address is the user name. */
  readonly namesUsers: boolean;
  /** The custom fields that the mapping names. */
  readonly customFields: readonly string[];
  /** Whether the reference to a manager moves with the manager's address. */
  readonly managerByAddress: boolean;
  /** Whether a group of this name is ours to fill. */
  readonly isOwned: (group: string) => boolean;
}

/** Brings together what an open target must know of its settings and the mapping; without rules any field may come. */
export function readingOf(settings: ScimSettings, rules: readonly MappingRule[] | undefined): ReadOptions {
  const { manager_as, user_name_changes } = settings;
  const namesUsers = hasOwnUserNames(rules ?? []);
  const fields = rules?.map(({ field }) => field) ?? [];
  // The stars of patterns of addresses mean the same in names of groups.
  const owns = protector(settings.owned_groups);
  return {
    settings,
    namesUsers,
    customFields: fields.filter((field) => field.startsWith(CUSTOM_FIELD_PREFIX)),
    managerByAddress:
      manager_as === 'email' || (manager_as === 'user_name' && !namesUsers && user_name_changes === 'allow'),
    isOwned: (group) => owns([group]),
  };
}

/** Whether the mapping makes user names otherwise than e-mail addresses. */
function hasOwnUserNames(rules: readonly MappingRule[]): boolean {
  const [userName, email] = ['user_name', 'email'].map((name) => {
    const { field: _, ...made } = rules.find(({ field }) => field === name) ?? { field: name };
    return JSON.stringify(made);
  });
  return rules.some(({ field }) => field === 'user_name') && userName !== email;
}
