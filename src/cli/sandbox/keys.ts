import { type AnySandbox, eventFor, type Wish } from '../../sandbox/index.js';
import type { CommandWorld } from '../process.js';

/** What a key does; gives what is to be said. */
type Deed = (sandbox: AnySandbox) => string;

const DAY = 86_400_000;
const HALF = 'half of HR';
const DOWN = 'LMS is down';

const DEEDS: Readonly<Record<string, readonly [title: string, deed: Deed]>> = {
  h: ['hire', happens('hire')],
  l: ['leave', happens('leave')],
  p: ['promote', happens('promote')],
  m: ['move', happens('move')],
  e: ['email', happens('email')],
  r: ['rehire', happens('rehire')],
  d: ['next day', nextDay],
  f: ['HR shows half of the people', (sandbox) => toggle(sandbox.sources, HALF, { kind: 'short_list', keep: 0.5 })],
  F: ['LMS answers 503', (sandbox) => toggle(sandbox.targets, DOWN, { kind: 'status', status: 503 })],
  s: ['what is there', overview],
};

/** The legend of the keys. */
export function legend(): string {
  const keys = Object.entries(DEEDS).map(([key, [title]]) => `${key} ${title}`);
  const [events, faults] = [keys.slice(0, 7), keys.slice(7)];
  return `Keys:  ${events.join(' · ')}\n       ${faults.join(' · ')} · q quit\n`;
}

/** Takes keys until the person quits or a signal comes; null without a terminal. */
export function takeKeys(world: CommandWorld, sandbox: AnySandbox): Promise<void> | null {
  const { stdin, stderr } = world.host;
  if (stdin?.isTTY !== true || stderr.isTTY !== true || stdin.setRawMode === undefined) return null;
  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise<void>((resolve) => {
    const end = (): void => {
      stdin.off('data', take);
      stdin.setRawMode?.(false);
      stdin.pause();
      resolve();
    };
    const take = (keys: unknown): void => {
      for (const key of String(keys)) {
        if (key === 'q' || key === '\u0003' || key === '\u0004') {
          end();
          return;
        }
        const [, deed] = DEEDS[key] ?? [];
        if (deed !== undefined) stderr.write(`${said(deed, sandbox)}\n`);
        else if (key === '?') stderr.write(legend());
      }
    };
    stdin.on('data', take);
    world.signal.addEventListener('abort', end);
  });
}

function said(deed: Deed, sandbox: AnySandbox): string {
  try {
    return deed(sandbox);
  } catch (error) {
    // Such as a rehire where nobody has left.
    return error instanceof Error ? error.message : String(error);
  }
}

function happens(kind: Wish['kind']): Deed {
  return ({ company, hr }) => {
    const { event, told, next } = eventFor(company, { kind });
    hr.apply(event);
    return `${told}\n  next import-all: ${next}`;
  };
}

function nextDay({ company, hr }: AnySandbox): string {
  hr.moveTo(new Date(Date.parse(company.today) + DAY).toISOString().slice(0, 10));
  return `It is ${company.today} in HR. hrsync goes by the clock of this machine (--as-of ${company.today} plans ahead).`;
}

function toggle(
  systems: readonly Pick<AnySandbox['sources'][number], 'faults'>[],
  name: string,
  fault: Parameters<AnySandbox['sources'][number]['faults']['add']>[0]['fault'],
): string {
  const isOn = systems.some(({ faults }) => faults.list().some((one) => one.name === name));
  for (const { faults } of systems) {
    if (isOn) faults.clear(name);
    else faults.add({ name, fault, times: null });
  }
  return isOn ? `No longer: ${name}.` : `From now on: ${name}. The same key ends it.`;
}

function overview({ company, sources, targets }: AnySandbox): string {
  const employed = company.people.filter(({ status }) => status !== 'inactive').length;
  const held = [...sources, ...targets].flatMap(({ title, counts }) => {
    if (counts === undefined) return [];
    const parts = Object.entries(counts()).map(([what, count]) => `${count} ${what}`);
    return [`  ${title}: ${parts.join(', ')}`];
  });
  return [`${company.today}: ${company.people.length} people in HR, ${employed} employed`, ...held].join('\n');
}
