/** An id and a secret that a stand-in accepts. */
interface ClientPair {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The first of several pairs, for callers and by the keys of a config. */
export function firstPair([first = { clientId: '', clientSecret: '' }]: readonly ClientPair[]) {
  const { clientId, clientSecret } = first;
  return { clientId, clientSecret, access: { client_id: clientId, client_secret: clientSecret } };
}
