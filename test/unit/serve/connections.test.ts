import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Connections, neighbourhoodOf } from '../../../src/serve/connections.js';

const BOUNDS = { all: 6, perAddress: 3 };

/** A door with connections that are no real ones. */
class Door {
  readonly dropped: string[] = [];
  open = 0;
  #port = 1;
  readonly connections = new Connections(BOUNDS, {
    dropped: (why) => this.dropped.push(why),
    open: (count) => {
      this.open = count;
    },
  });

  knock(remoteAddress: string | undefined): Socket & { destroyed: boolean } {
    const socket = Object.assign(new EventEmitter(), {
      remoteAddress,
      remotePort: this.#port++,
      destroyed: false,
      destroy() {
        socket.destroyed = true;
        socket.emit('close');
      },
    });
    const asSocket = socket as unknown as Socket & { destroyed: boolean };
    this.connections.admit(asSocket);
    return asSocket;
  }

  knocks(count: number, address: string): readonly (Socket & { destroyed: boolean })[] {
    return Array.from({ length: count }, () => this.knock(address));
  }
}

const alive = (sockets: readonly { destroyed: boolean }[]) => sockets.map(({ destroyed }) => !destroyed);

describe('a door with too many connections', () => {
  it('from one address drops the one that was silent for longest, and takes the newcomer', () => {
    const door = new Door();
    const sockets = door.knocks(4, '192.0.2.1');
    expect(alive(sockets)).toEqual([false, true, true, true]);
    expect([door.dropped, door.open]).toEqual([['crowded_address'], 3]);
  });

  it('spares a connection on which a request came since', () => {
    const door = new Door();
    const [first, ...others] = door.knocks(3, '192.0.2.1');
    if (first === undefined) throw new Error('there are three');
    door.connections.active(first);
    door.knock('192.0.2.1');
    expect([first.destroyed, ...alive(others)]).toEqual([false, false, true]);
  });

  it('in all lets whoever has most of them give one up, so that single callers are not driven out', () => {
    const door = new Door();
    const caller = door.knock('198.51.100.1');
    const [flood, more] = [door.knocks(3, '192.0.2.1'), door.knocks(2, '192.0.2.2')];
    const newcomer = door.knock('203.0.113.9');
    expect(alive([caller, newcomer, ...flood, ...more])).toEqual([true, true, false, true, true, true, true]);
    expect([door.dropped, door.open]).toEqual([['crowded'], 6]);
  });

  it('counts a network of IPv6 addresses as one caller', () => {
    const door = new Door();
    for (const host of ['1', '2', '3', '4:5:6']) door.knock(`2001:db8::${host}`);
    expect(door.dropped).toEqual(['crowded_address']);
  });

  it('has room again once connections are closed, and keeps nothing of them', () => {
    const door = new Door();
    for (const socket of door.knocks(3, '192.0.2.1')) socket.destroy();
    expect(door.open).toBe(0);
    door.knocks(3, '192.0.2.1');
    expect(door.dropped).toEqual([]);
  });

  it('closes a connection whose caller has gone already', () => {
    const door = new Door();
    expect(door.knock(undefined).destroyed).toBe(true);
    expect([door.dropped, door.open]).toEqual([[], 0]);
  });
});

describe('the neighbourhood of an address', () => {
  it.for([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::', 'fe80:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ] as const)('of %s is %s', ([address, neighbourhood]) => {
    expect(neighbourhoodOf(address)).toBe(neighbourhood);
  });
});
