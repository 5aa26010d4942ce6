import { type Connector, day } from '../../support/connector.js';
import type { Target } from '../../support/pairs.js';

/** An account of a learning platform: whether it can be used, and what its fields hold. */
export interface Held {
  readonly open: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const SANDBOX = 'urn:ietf:params:scim:schemas:extension:sandbox:2.0:User';

/** Everything that a learning platform holds, by its own id. */
export function heldBy({ sandbox, lms }: Connector, target: Target): ReadonlyMap<string, Held> {
  switch (target) {
    case 'learnamp':
      return new Map(
        lms
          .list()
          .map(({ id, status, customFields, updatedAt, statusBefore, ...fields }) => [
            String(id),
            { open: status !== 'deactivated', fields: { ...fields, ...customFields } },
          ]),
      );
    case '360learning': {
      const { platform } = sandbox['360learning'];
      return new Map(
        [...platform.users.values()].map(({ id, status, ...user }) => {
          const { firstName, lastName, mail, job, organization, toBeDeactivatedAt } = user;
          const groups = [...platform.memberships].filter((membership) => membership.endsWith(`/${id}`));
          const custom = Object.fromEntries(platform.valuesOf(id));
          const fields = { firstName, lastName, mail, job, organization, groups, ...custom };
          return [id, { open: status !== 'deleted' && toBeDeactivatedAt === null, fields }];
        }),
      );
    }
    case 'learnupon': {
      const today = day(0);
      return new Map<string, Held>([
        ...sandbox.portal.list().map(({ id, enabled, account_expires, custom, updatedAt, ...fields }) => {
          return [
            String(id),
            {
              open: enabled && !(account_expires !== null && account_expires < today),
              fields: { ...fields, ...custom },
            },
          ] as const;
        }),
        ...[...sandbox.portal.invites.values()].map(({ id, status, custom, ...fields }) => {
          const open = status === 'sent' || status === 'accepted';
          return [`invite ${id}`, { open, fields: { ...fields, ...custom } }] as const;
        }),
      ]);
    }
    case 'scim':
      return new Map(
        [...sandbox.scim.directory.users.values()].map(({ id, canSignIn, values }) => {
          const { name, [ENTERPRISE]: enterprise, [SANDBOX]: own, ...fields } = values;
          return [
            id,
            { open: canSignIn, fields: { ...fields, ...Object(name), ...Object(enterprise), ...Object(own) } },
          ];
        }),
      );
  }
}

/** The fields that were filled before and are empty now; none where the account has gone. */
export function emptied(before: Held, now: Held): readonly string[] {
  return Object.keys(before.fields).filter((name) => isFilled(before.fields[name]) && !isFilled(now.fields[name]));
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}
