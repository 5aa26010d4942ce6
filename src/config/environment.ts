/** Hosts that are this machine. */
export const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * What the usual proxy variables say, in either case: `https_proxy`, `http_proxy`, `all_proxy`, `no_proxy` (hosts with
 * their subdomains, optionally with a port, or `*`). As in Go, loopback is never reached through a proxy. Further
 * certificates (`NODE_EXTRA_CA_CERTS`) are read by Node itself when it starts.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): {
  readonly proxyFor: (url: string) => string;
} {
  const variable = (name: string) => environment[name] || environment[name.toUpperCase()] || '';
  const excluded = variable('no_proxy')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  return {
    proxyFor: (address) => {
      const url = new URL(address);
      const scheme = url.protocol.replace(':', '');
      if (LOOPBACK.test(url.hostname) || excluded.some((entry) => covers(entry, url))) return '';
      const proxy = variable(`${scheme}_proxy`) || variable('all_proxy');
      return proxy === '' || proxy.includes('://') ? proxy : `http://${proxy}`;
    },
  };
}

function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const [, name = entry, port] = /^(.+):(\d+)$/.exec(entry) ?? [];
  const actualPort = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (port !== undefined && port !== actualPort) return false;
  const host = name.replace(/^\*?\./, '');
  return url.hostname === host || url.hostname.endsWith(`.${host}`);
}
