type Labels = Readonly<Record<string, string>>;

const HELP = {
  hrsync_webhooks_total: ['counter', 'Deliveries received, by sender and by what became of them.'],
  hrsync_runs_total: ['counter', 'Runs, by command and exit code.'],
  hrsync_run_seconds_total: ['counter', 'Time spent in runs, by command.'],
  hrsync_last_run_timestamp_seconds: ['gauge', 'When the last run ended, by command.'],
  hrsync_last_success_timestamp_seconds: ['gauge', 'When the last run ended that left nothing undone, by command.'],
  hrsync_endings_overdue: ['gauge', 'Accounts that are open although their ending is due, after the last run.'],
  hrsync_last_complete_run_timestamp_seconds: [
    'gauge',
    'When the last run ended that read and planned everybody, as status --max-age counts.',
  ],
  hrsync_errors_total: ['counter', 'Unexpected errors that the server outlived, by where they came up.'],
  hrsync_connections_open: ['gauge', 'Open connections.'],
  hrsync_connections_dropped_total: ['counter', 'Connections that the server closed by itself, by why.'],
  hrsync_inbox_waiting: ['gauge', 'Events that no run has dealt with; NaN while the inbox cannot be read.'],
  hrsync_inbox_limit: ['gauge', 'At so many waiting events the server takes no more.'],
  hrsync_running: ['gauge', 'Whether a run is under way.'],
} as const;

type Name = keyof typeof HELP;

/** Figures of one process, in the text format of Prometheus. No label ever holds personal data. */
export class Metrics {
  readonly #values = new Map<Name, Map<string, number>>();

  add(name: Name, labels: Labels = {}, amount = 1): void {
    const series = this.#series(name);
    const key = textOf(labels);
    series.set(key, (series.get(key) ?? 0) + amount);
  }

  set(name: Name, value: number, labels: Labels = {}): void {
    this.#series(name).set(textOf(labels), value);
  }

  text(): string {
    const lines: string[] = [];
    for (const [name, series] of this.#values) {
      const [type, help] = HELP[name];
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
      for (const [labels, value] of series) lines.push(`${name}${labels} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #series(name: Name): Map<string, number> {
    const series = this.#values.get(name) ?? new Map<string, number>();
    this.#values.set(name, series);
    return series;
  }
}

function textOf(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
