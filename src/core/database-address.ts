/** How a database is connected to. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly tls: Tls;
}

/** `verify`: the certificate must be trusted and bear the host's name. `off`: on this machine, or where the address says so. */
export interface Tls {
  readonly mode: 'verify' | 'off';
  /** A file with the certificates to trust (PEM); undefined: those of Node.js. */
  readonly caFile: string | undefined;
}

const KNOWN = ['sslmode', 'sslrootcert', 'host'];
/** Modes of libpq that do not prove whom one speaks to. */
const WEAK = ['allow', 'prefer', 'require', 'verify-ca', 'no-verify'];

/** Reads the address of a database; gives a clause that says what is wrong with it where something is. */
export function parseAddress(url: string): Address | { readonly wrong: string } {
  const parsed = urlOf(url);
  if (parsed === null)
    return { wrong: 'is not a URL: write postgres://USER@HOST/DATABASE, with %40 for an @ in a password' };
  const { searchParams } = parsed;
  const strange = [...searchParams.keys()].find((key) => !KNOWN.includes(key));
  if (strange !== undefined) return { wrong: `sets ${strange}, which hrsync does not know` };
  const host = searchParams.get('host') ?? decodeURIComponent(parsed.hostname).replace(/^\[|\]$/g, '');
  const database = decodeURIComponent(parsed.pathname.slice(1));
  const user = decodeURIComponent(parsed.username);
  if (host === '' || database === '' || user === '') return { wrong: 'must name a user, a host and a database' };
  const mode = searchParams.get('sslmode');
  const isHere = isLoopback(host);
  if (mode !== null && WEAK.includes(mode) && !isHere) {
    return {
      wrong: `asks for sslmode=${mode}, which does not prove whom the password goes to: write sslmode=verify-full, or leave it out`,
    };
  }
  if (mode === 'disable' && !isHere)
    return { wrong: 'asks for sslmode=disable, which sends everything in clear: leave it out' };
  return {
    host,
    port: Number(parsed.port === '' ? 5432 : parsed.port),
    database,
    user,
    password: parsed.password === '' ? undefined : decodeURIComponent(parsed.password),
    tls: {
      mode: mode === 'verify-full' || !isHere ? 'verify' : 'off',
      caFile: searchParams.get('sslrootcert') ?? undefined,
    },
  };
}

function urlOf(text: string): URL | null {
  try {
    const url = new URL(text);
    decodeURIComponent(`${url.username}${url.password}${url.pathname}${url.hostname}`);
    return url;
  } catch {
    return null;
  }
}

/** Whether what is sent to a host stays on this machine; a path is a socket of the file system. */
function isLoopback(host: string): boolean {
  return host.startsWith('/') || /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}
