import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { CaFileError } from './errors.js';

/** How connections of one client are made. */
export interface AgentOptions {
  readonly baseUrl: string;
  readonly concurrency: number;
  /** A proxy's address, or empty for none. */
  readonly proxy: string;
  readonly caFile: string | undefined;
}

/** Keep-alive connections, as many as may be under way at once; through a proxy with one tunnel for each. */
export function createAgents(options: AgentOptions): { readonly http: HttpAgent; readonly https: HttpAgent } {
  const keep = { keepAlive: true, maxSockets: options.concurrency, scheduling: 'lifo' } as const;
  const trust = options.caFile === undefined ? {} : { ca: [...rootCertificates, readCertificates(options.caFile)] };
  if (options.proxy === '' || options.baseUrl.startsWith('http:')) {
    return { http: new HttpAgent(keep), https: new HttpsAgent({ ...keep, ...trust }) };
  }
  // axios would open a tunnel for every request; this agent keeps them.
  const tunnel = new HttpsProxyAgent(options.proxy, { ...keep, ...trust });
  return { http: tunnel, https: tunnel };
}

function readCertificates(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CaFileError(file, 'it cannot be read', { cause: error });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new CaFileError(file, 'it holds no certificate in PEM form');
  return text;
}
