/** The topics of `hrsync guide` that belong to no adapter, in reading order; each is a Markdown file beside this one. */
export const TOPICS: Readonly<Record<string, string>> = {
  'set-up': 'install, write a config, keep the secrets, check, first import',
  review: 'the page for HR, saved plans, what an approval covers',
  night: 'cron and systemd, what to watch, what each exit code asks for',
  'between-nights': 'sync every few hours, or webhooks with serve',
  fleet: 'keep the state in PostgreSQL: set-up, lease, roles, backup, standby',
  recovery: 'take a run back, repair drift, link by hand, restore the state',
  rules: 'who gets an account, who loses it, and what hrsync never does',
  commands: 'every flag of every command',
  errors: 'every kind of error with its exit code',
  words: 'the words that commands, logs and reports use',
};
