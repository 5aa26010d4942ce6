import { describe, expect, it } from 'vitest';
import { DoorLog } from '../../../src/serve/door-log.js';
import { komboEvents } from '../../../src/sources/kombo/events.js';
import { personioEvents } from '../../../src/sources/personio/events.js';

const SENDERS = [
  { type: 'personio', title: 'Personio', events: personioEvents, settings: {} },
  { type: 'kombo', title: 'Kombo', events: komboEvents, settings: {} },
];

function watched() {
  const told: string[] = [];
  let clock = 0;
  const log = new DoorLog(
    (sentence) => told.push(sentence),
    () => new Date(clock),
    SENDERS,
  );
  return {
    log,
    told,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
}

describe('what is told of deliveries', () => {
  it('is the first of a kind at once, and of more like it a count once a minute', () => {
    const { log, told, pass } = watched();
    for (let count = 0; count < 100; count += 1) log.saw('personio', 'refused');
    log.saw('kombo', 'refused');
    expect(told).toEqual([
      expect.stringContaining('serve.personio.token'),
      expect.stringContaining('serve.kombo.secret'),
    ]);
    pass(60_000);
    log.saw('personio', 'refused');
    expect(told[2]).toMatch(/serve\.personio\.token \(and 99 more like it before\)$/);
    pass(60_000);
    log.saw('personio', 'refused');
    expect(told[3]).toBe(told[0]);
  });

  it('is nothing where all is as it should be', () => {
    const { log, told } = watched();
    for (const outcome of ['kept', 'repeated', 'ignored'] as const) log.saw('personio', outcome);
    expect(told).toEqual([]);
    for (const outcome of ['malformed', 'too_large', 'busy', 'full', 'unkept'] as const) log.saw('personio', outcome);
    expect(told).toHaveLength(5);
  });

  it('is why connections were closed, once a minute for each reason however many they are', () => {
    const { log, told, pass } = watched();
    const reasons = ['handshake', 'tls', 'slow', 'malformed', 'crowded_address', 'crowded'] as const;
    for (let count = 0; count < 50; count += 1) for (const why of reasons) log.dropped(why);
    expect(told).toHaveLength(6);
    pass(60_000);
    log.dropped('handshake');
    expect(told[6]).toBe('closed a connection: it made no TLS handshake within 5 seconds (and 49 more like it before)');
  });
});
