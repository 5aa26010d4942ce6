/** Language codes as the API takes them, capitals and hyphens included. */
export const languages: ReadonlySet<string> = new Set(
  'en en-US de es es-CO fr fr-CA it nl pt-BR pt-PT pl ru no sv da zh-CN zh-TW ja ar sk ca cy el hu ro tr'.split(' '),
);

/** Roles that can be given; `owner` and `super_admin` cannot. */
export const roles: ReadonlySet<string> = new Set([
  'viewer',
  'curator',
  'reporter',
  'learning_designer',
  'hr',
  'admin',
]);

/** Every scope that a key can hold besides `public`. */
export const scopes: ReadonlySet<string> = new Set(
  (
    'users:read users:create users:update users:deactivate users:reactivate users:delete teams:read teams:create ' +
    'teams:update teams:delete team_users:read team_users:create team_users:delete languages:read roles:read'
  ).split(' '),
);
