/** What the codes of Node.js mean: https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'the DNS did not answer',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ETIMEDOUT: 'the connection was not answered',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'this machine has no network there',
  CERT_HAS_EXPIRED: 'its certificate is not trusted: it has expired',
  CERT_NOT_YET_VALID: 'its certificate is not trusted: it is not valid yet, or the clock of this machine is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is not trusted: it is for another name',
};

/** What goes wrong between two machines, of what no single code tells. */
export type NetworkTrouble = 'certificate' | 'tls' | 'no_http' | 'proxy';

const TROUBLES: readonly (readonly [RegExp, NetworkTrouble])[] = [
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/, 'certificate'],
  [/^(ERR_SSL|ERR_TLS|EPROTO)/, 'tls'],
  [/^HPE_/, 'no_http'],
  [/^PROXY_/, 'proxy'],
];

const BY_TROUBLE: Readonly<Record<NetworkTrouble, string>> = {
  certificate: 'its certificate is not trusted',
  tls: 'no secure connection could be made',
  no_http: 'what answers there does not speak HTTP',
  proxy: 'the proxy refused the connection',
};

/** The kind of trouble that a code of Node.js stands for, or null. */
export function networkTrouble(code: string): NetworkTrouble | null {
  return TROUBLES.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}

/** Why a system could not be reached, as a clause, by the code that Node.js gives. */
export function networkReason(code: string): string {
  const trouble = networkTrouble(code);
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return known ?? (trouble === null ? 'the network failed' : BY_TROUBLE[trouble]);
}
