import { createReporter } from '../../report/create-reporter.js';
import type { ReporterOptions } from '../../report/options.js';
import type { Stream } from '../../report/output.js';
import type { Reporter } from '../../report/reporter.js';
import { wrapText } from '../../report/terminal.js';
import type { CommandWorld } from '../process.js';

/** How many lines of a run are shown: the first and the last so many. */
export interface Shown {
  readonly first: number;
  readonly last: number;
}

/** Tells the story of the demo on stdout, and shows what the runs print as far as one wants to read it. */
export class Narrator {
  readonly #width: number;
  /** The lists that were shown whole: nobody reads the same one twice. */
  readonly #seen = new Set<string>();

  constructor(private readonly world: CommandWorld) {
    this.#width = Math.min(100, world.width);
  }

  /** Opens a scene. */
  scene(title: string, day: string | null): void {
    const head = day === null ? `${title} ` : `${title} · ${day} `;
    this.#write(`\n\n━━ ${head}${'━'.repeat(Math.max(3, this.#width - head.length - 3))}\n\n`);
  }

  /** Says something between two runs. */
  tell(...sentences: readonly string[]): void {
    for (const sentence of sentences) this.#write(`${wrapText(sentence, this.#width).join('\n')}\n`);
  }

  /** Shows the command that runs now. */
  command(line: string): void {
    this.#write(`\n$ ${line}\n\n`);
  }

  /** A reporter as for somebody at a terminal, of which at most so many lines are shown. */
  reporter(options: Pick<ReporterOptions, 'now' | 'secrets'>, shown: Shown): { reporter: Reporter; end: () => void } {
    const { host, colour } = this.world;
    const excerpt = new Excerpt(host.stdout, shown, this.#seen);
    const reporter = createReporter({
      ...options,
      stdout: excerpt,
      stderr: host.stderr,
      mode: 'human',
      colour,
      width: this.#width,
      verbose: false,
      quiet: false,
    });
    return { reporter, end: () => excerpt.end() };
  }

  #write(text: string): void {
    this.world.host.stdout.write(text);
  }
}

/** Lets the beginning and the end of a long text through, counts what lies between, and leaves out lists that were shown before. */
class Excerpt implements Stream {
  #shown = 0;
  #left = 0;
  #rest = '';
  #part: string[] = [];
  readonly #end: string[] = [];

  constructor(
    private readonly stream: Stream,
    private readonly lines: Shown,
    private readonly seen: Set<string>,
  ) {}

  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#gather(line);
  }

  end(): void {
    if (this.#rest !== '') this.#gather(this.#rest);
    this.#letThrough();
    if (this.#left > 0) this.stream.write(`\n  … ${this.#left} lines more …\n\n`);
    for (const line of this.#end) this.stream.write(`${line}\n`);
  }

  #gather(line: string): void {
    this.#part.push(line);
    if (line.trim() === '') this.#letThrough();
  }

  // A part is what stands between two empty lines: a heading and its list.
  #letThrough(): void {
    const part = this.#part;
    this.#part = [];
    const text = part.join('\n');
    const [heading = ''] = part;
    const isKnown = part.length > 2 && this.seen.has(text);
    this.seen.add(text);
    for (const line of isKnown ? [`${heading}, the same as before`, ''] : part) this.#line(line);
  }

  #line(line: string): void {
    if (this.#shown < this.lines.first) {
      this.#shown += 1;
      this.stream.write(`${line}\n`);
      return;
    }
    this.#end.push(line);
    if (this.#end.length <= this.lines.last) return;
    this.#end.shift();
    this.#left += 1;
  }
}
