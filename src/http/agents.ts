import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { CaFileError, ProxyAddressError } from './errors.js';
import { isProxyAddress } from './url.js';

/** How connections of one client are made. */
export interface AgentOptions {
  readonly system: string;
  readonly baseUrl: string;
  readonly concurrency: number;
  /** A proxy's address, or empty for none. */
  readonly proxy: string;
  readonly caFile: string | undefined;
}

/** The agents that axios is given for the two schemes. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpAgent;
}

/** What a request fails with when the proxy does not open a tunnel for it: nothing of it has left. */
export class TunnelError extends Error {
  constructor(readonly status: number) {
    super(`the proxy answered ${status}`);
  }
}

/**
 * Keep-alive connections, as many as may be under way at once; through a proxy with one tunnel for each. Plain http, which
 * is for loopback alone, never goes through a proxy.
 */
export function createAgents(options: AgentOptions): Agents {
  const keep = { keepAlive: true, maxSockets: options.concurrency, scheduling: 'lifo' } as const;
  const trust = options.caFile === undefined ? {} : { ca: [...rootCertificates, readCertificates(options.caFile)] };
  const http = new HttpAgent(keep);
  if (options.proxy === '' || options.baseUrl.startsWith('http:')) {
    return { http, https: new HttpsAgent({ ...keep, ...trust }) };
  }
  if (!isProxyAddress(options.proxy)) throw new ProxyAddressError(options.system);
  // axios would open a tunnel for every request; this agent keeps them.
  const tunnel = new HttpsProxyAgent(options.proxy, { ...keep, ...trust });
  // It trusts the certificates for its own connection to the proxy only; the far end's is the one they are meant for.
  Object.assign(tunnel.options, trust);
  // A refusal would look like the far end's own answer. 407 may: it means the proxy and nobody else.
  tunnel.on('proxyConnect', ({ statusCode = 0 }, request) => {
    if (statusCode !== 200 && statusCode !== 407) request.destroy(new TunnelError(statusCode));
  });
  return { http, https: tunnel };
}

const PEM = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

function readCertificates(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CaFileError(file, 'it cannot be read', { cause: error });
  }
  const certificates = text.match(PEM) ?? [];
  if (certificates.length === 0) throw new CaFileError(file, 'it holds no certificate in PEM form');
  try {
    // TLS passes over a certificate that it cannot read, and then nobody learns why the far end is not trusted.
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (error) {
    throw new CaFileError(file, 'a certificate in it is damaged', { cause: error });
  }
  return text;
}
