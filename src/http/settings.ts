import * as z from 'zod';
import { readPattern } from '../pattern.js';
import { isProxyAddress } from './url.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A base URL: https, or plain http on loopback only. A trailing slash is taken off. */
export const baseUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be a URL such as https://api.example.com', abort: true })
  .refine((url) => url.startsWith('https:') || LOOPBACK.test(new URL(url).hostname), {
    error: 'must begin with https:// (plain http is accepted on loopback only)',
  })
  .transform((url) => url.replace(/\/+$/, ''));

const proxySchema = z.string().refine((address) => address === '' || isProxyAddress(address), {
  error: 'must be a URL such as http://proxy.example.com:3128, or empty for no proxy',
});

/** The keys that every adapter behind HTTP has, with the adapter's own defaults for pace. */
export function commonSettings(defaults: { requestsPerSecond: number; concurrency: number; timeoutSeconds?: number }) {
  return {
    requests_per_second: z.number().positive().max(10_000).default(defaults.requestsPerSecond),
    concurrency: z.int().min(1).max(64).default(defaults.concurrency),
    timeout_seconds: z
      .number()
      .positive()
      .max(3_600)
      .default(defaults.timeoutSeconds ?? 30),
    proxy: proxySchema.optional(),
    ca_file: z.string().optional(),
  };
}

/** The settings that `commonSettings` describes, as a config gives them. */
interface CommonSettings {
  readonly requests_per_second: number;
  readonly concurrency: number;
  readonly timeout_seconds: number;
  readonly proxy?: string | undefined;
  readonly ca_file?: string | undefined;
}

/** The same as options of the HTTP client. */
export function clientOptions({ requests_per_second, concurrency, timeout_seconds, proxy, ca_file }: CommonSettings) {
  return {
    requestsPerSecond: requests_per_second,
    concurrency,
    timeoutSeconds: timeout_seconds,
    proxy,
    caFile: ca_file,
  };
}

/** A text that proves who sends a webhook. */
export const webhookSecretSchema = z
  .string()
  .min(16, { error: 'must have at least 16 characters: make one with openssl rand -hex 32' });

/** A regular expression, found anywhere in what a system answers, without case. */
export const patternSetting = z
  .string()
  .min(1)
  .transform((source, context) =>
    readPattern(source, (message) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  );

/** The most requests that one run begins with an LMS; what is under way then is finished, and the next run goes on. */
export const requestBudget = z.int().min(1).optional();

/**
 * The identity of a system at an address, for the state file: its host without the port on loopback, where stand-ins
 * come and go on changing ports.
 */
export function addressIdentity(type: string, baseUrl: string): string {
  const url = new URL(baseUrl);
  return `${type} ${LOOPBACK.test(url.hostname) ? 'loopback' : url.host}`;
}

/** Names an address at which a system is not usually reached, as the rest of a sentence about what to compare; else nothing. */
export function unusualAddress(key: string, address: string, usual: readonly string[]): string {
  return usual.includes(address) ? '' : `, and ${key}, which is ${address}, with ${usual.join(' or ')}`;
}
