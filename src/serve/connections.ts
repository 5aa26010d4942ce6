import type { Socket } from 'node:net';
import type { Dropped } from './outcome.js';

/** Bounds of a door: open connections in all, and from one address. */
export interface Bounds {
  readonly all: number;
  readonly perAddress: number;
}

interface Connection {
  readonly socket: Socket;
  readonly address: string;
}

/**
 * The open connections of a door, oldest activity first. A door that is full drops the connection that has been silent for
 * longest, never the newcomer: silent connections cannot keep a real caller out, not even from the caller's own address.
 */
export class Connections {
  readonly #open = new Map<string, Connection>();
  readonly #byAddress = new Map<string, Map<string, Connection>>();

  constructor(
    private readonly bounds: Bounds,
    private readonly watch: { dropped(why: Dropped): void; open(count: number): void },
  ) {}

  /** Takes in a new TCP connection and makes room for it. */
  admit(socket: Socket): void {
    const { remoteAddress } = socket;
    // Such a caller has gone already.
    if (remoteAddress === undefined) return void socket.destroy();
    const connection = { socket, address: neighbourhoodOf(remoteAddress) };
    const neighbours = this.#byAddress.get(connection.address);
    if (neighbours !== undefined && neighbours.size >= this.bounds.perAddress)
      this.#dropOldest(neighbours, 'crowded_address');
    else if (this.#open.size >= this.bounds.all) this.#dropOldest(this.#largestGroup(), 'crowded');
    const key = keyOf(socket);
    this.#add(key, connection);
    socket.once('close', () => this.#forget(key, connection));
    this.watch.open(this.#open.size);
  }

  /** Notes that a request came on this connection, plain or TLS. */
  active(socket: Socket): void {
    const key = keyOf(socket);
    const connection = this.#open.get(key);
    if (connection === undefined) return;
    this.#remove(key, connection);
    this.#add(key, connection);
  }

  #dropOldest(group: ReadonlyMap<string, Connection>, why: Dropped): void {
    for (const [key, connection] of group) {
      this.#remove(key, connection);
      connection.socket.destroy();
      this.watch.dropped(why);
      return;
    }
  }

  // The address with most connections gives one up, so that a flood from one address does not drive the others out.
  #largestGroup(): ReadonlyMap<string, Connection> {
    let largest: ReadonlyMap<string, Connection> = new Map();
    for (const group of this.#byAddress.values()) if (group.size > largest.size) largest = group;
    return largest;
  }

  #add(key: string, connection: Connection): void {
    const group = this.#byAddress.get(connection.address) ?? new Map<string, Connection>();
    this.#open.set(key, connection);
    this.#byAddress.set(connection.address, group.set(key, connection));
  }

  // A port may have been given to another connection before the old one is known to be closed.
  #forget(key: string, connection: Connection): void {
    if (this.#open.get(key) !== connection) return;
    this.#remove(key, connection);
    this.watch.open(this.#open.size);
  }

  #remove(key: string, { address }: Connection): void {
    const group = this.#byAddress.get(address);
    this.#open.delete(key);
    group?.delete(key);
    if (group?.size === 0) this.#byAddress.delete(address);
  }
}

// Node gives no way from a TLS socket to the TCP socket below it, but both name the same caller.
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** An IPv4 address, or the network of an IPv6 address (/64): one customer has a whole network of those. */
export function neighbourhoodOf(address: string): string {
  if (address.includes('.') || !address.includes(':')) return address;
  const [left = [], right = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
