import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { delivery, TOKEN } from './server.js';

/** Opens so many TCP connections that send a text and then nothing; they end with the server, at the latest. */
export async function silentSockets(
  url: string,
  count: number,
  { say = '', from = '127.0.0.1' }: { readonly say?: string; readonly from?: string } = {},
): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: count }, () =>
    connect({ host: hostname, port: Number(port), localAddress: from }),
  );
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          // A connection that the server drops at once is a connection, too.
          socket.once('connect', resolve).on('error', () => resolve());
          socket.resume();
          if (say !== '') socket.write(say);
        }),
    ),
  );
  return sockets;
}

/** The whole answer to a request as it stands on the wire, until the server closes the connection or says no more. */
export function rawAnswer(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('latin1').setTimeout(3_000, end);
    socket.on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', end).on('close', end);
    socket.write(request);
  });
}

/** The status of a delivery on a connection of its own, over TLS where the address says so; 0 when it came to nothing. */
export function deliver(url: string, person: number, from = '127.0.0.1'): Promise<number> {
  const { protocol, hostname, port } = new URL(url);
  const body = JSON.stringify(delivery('person.updated', person));
  const options = {
    ...{ hostname, port, path: '/webhooks/personio', method: 'POST', localAddress: from, agent: false as const },
    headers: { Authorization: TOKEN, 'Content-Length': Buffer.byteLength(body) },
  };
  return new Promise((resolve) => {
    const request =
      protocol === 'https:' ? httpsRequest({ ...options, rejectUnauthorized: false }) : httpRequest(options);
    request.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    request.on('error', () => resolve(0));
    request.end(body);
  });
}

/** The text behind an address, over TLS where the address says so, whoever signed the certificate. */
export function textAt(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:')
      ? httpsRequest(url, { rejectUnauthorized: false, agent: false })
      : httpRequest(url, { agent: false });
    request.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more: string) => {
        text += more;
      });
      answer.on('end', () => resolve(text));
    });
    request.on('error', reject).end();
  });
}
