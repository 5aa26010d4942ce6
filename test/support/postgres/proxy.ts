import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** When a commit is met: before the server is told of it, or after it is done and before the client hears of that. */
export type Moment = 'before' | 'after';

/** What becomes of a commit: it goes its way, or the connection is cut. */
type Fate = 'pass' | 'cut';

/** Is asked at each commit, counted from 1 since the last `watch`; what it waits for, the connection waits for. */
type Watch = (moment: Moment, place: number) => Promise<Fate> | Fate;

/** Stands between a command and the database, and meets every commit on its way. */
export interface DatabaseProxy {
  readonly port: number;
  /** Counts from 1 again, and asks at each commit from now on. */
  watch(watch: Watch): void;
  /** Cuts every connection, and takes no new one while it is away. */
  leave(): void;
  comeBack(): void;
  stop(): Promise<void>;
}

/** Starts a proxy before the server of a port. */
export async function startProxy(serverPort: number): Promise<DatabaseProxy> {
  const open = new Set<Socket>();
  let watch: Watch = () => 'pass';
  let counts = { before: 0, after: 0 };
  let isAway = false;
  const server = createServer((client) => {
    if (isAway) return void client.destroy();
    const database = connect(serverPort, '127.0.0.1');
    const cut = () => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut).on('close', () => {
        open.delete(socket);
        cut();
      });
    }
    const meet = (moment: Moment) => async (): Promise<void> => {
      counts[moment] += 1;
      if ((await watch(moment, counts[moment])) === 'cut') cut();
    };
    pass(client, database, {
      skipsFirst: true,
      isCommit: (type, body) => type === 'Q' && body === 'COMMIT',
      met: meet('before'),
    });
    pass(database, client, {
      skipsFirst: false,
      isCommit: (type, body) => type === 'C' && body === 'COMMIT',
      met: meet('after'),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    watch(next) {
      watch = next;
      counts = { before: 0, after: 0 };
    },
    leave() {
      isAway = true;
      for (const socket of open) socket.destroy();
    },
    comeBack() {
      isAway = false;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Direction {
  /** The first message of a client bears no type. */
  readonly skipsFirst: boolean;
  readonly isCommit: (type: string, body: string) => boolean;
  readonly met: () => Promise<void>;
}

/** Passes messages on one by one, in their order. */
function pass(from: Socket, to: Socket, { skipsFirst, isCommit, met }: Direction): void {
  let rest = Buffer.alloc(0);
  let isFirst = skipsFirst;
  let last = Promise.resolve();
  const send = (message: Buffer) => {
    if (!to.destroyed) to.write(message);
  };
  from.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = isFirst ? 0 : 1;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const message = Buffer.from(rest.subarray(0, length));
      rest = rest.subarray(length);
      const body = message.subarray(head + 4, length - 1).toString('latin1');
      const commits = !isFirst && isCommit(String.fromCharCode(message[0] ?? 0), body);
      isFirst = false;
      last = last.then(async () => {
        if (commits) await met();
        send(message);
      });
    }
  });
  from.on('end', () => {
    last = last.then(() => void to.end());
  });
}
