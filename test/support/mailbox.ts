import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** One mail as a mail server got it. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  /** Every header line of the mail, unfolded, in order. */
  readonly headers: readonly string[];
  readonly subject: string;
  /** Its parts by type, such as `text/plain`, decoded. */
  readonly parts: ReadonlyMap<string, string>;
  readonly isEncrypted: boolean;
}

/** A mail server on loopback that keeps what it gets; it is closed when the test ends. */
export async function startMailbox(options: SMTPServerOptions = {}): Promise<{ port: number; mails: Received[] }> {
  const mails: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.secure || options.key ? [] : ['STARTTLS'],
    // Passwords over a plain connection are for tests on loopback.
    allowInsecureAuth: true,
    logger: false,
    ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        mails.push({ from, to, isEncrypted: session.secure, ...parsed(Buffer.concat(chunks).toString('utf8')) });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails };
}

/** The part of a mail of this type. */
export function partOf(mail: Received | undefined, type: string): string {
  const part = mail?.parts.get(type);
  if (part === undefined) throw new Error(`the mail has no part ${type}`);
  return part;
}

function parsed(raw: string): Pick<Received, 'headers' | 'subject' | 'parts'> {
  const parts = new Map<string, string>();
  const headers = readPart(raw, parts);
  return { headers, subject: decodedWords(valueIn(headers, 'subject')), parts };
}

function readPart(raw: string, parts: Map<string, string>): readonly string[] {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const body = raw.slice(end + 4);
  const type = valueIn(headers, 'content-type');
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary !== undefined) {
    for (const piece of body.split(`--${boundary}`).slice(1, -1)) readPart(piece.replace(/^\r\n/, ''), parts);
    return headers;
  }
  const encoding = valueIn(headers, 'content-transfer-encoding').toLowerCase();
  parts.set(type.split(';')[0] ?? '', decodedBody(body, encoding).replaceAll('\r\n', '\n'));
  return headers;
}

function valueIn(headers: readonly string[], name: string): string {
  const line = headers.find((each) => each.toLowerCase().startsWith(`${name}:`)) ?? '';
  return line.slice(name.length + 1).trim();
}

function decodedBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quotedPrintable(body.replace(/=\r\n/g, '')) : body;
}

function decodedWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, value: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(value, 'base64').toString('utf8')
        : quotedPrintable(value.replaceAll('_', ' ')),
    );
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
