import { page } from './call/answer.js';
import type { MoodleSettings } from './settings.js';

const PATH = '/webservice/rest/server.php';

/** The answers of the web server, with a status other than 200; null when Moodle itself answers. */
export function atTheDoor(request: Request, settings: MoodleSettings): Response | null {
  const { path, host, search } = placeOf(request);
  const root = new URL(wwwrootOf(request, settings));
  const expected = `${root.pathname.replace(/\/$/, '')}${PATH}`;
  if (path !== expected) return page(404, '<!doctype html><title>404 Not Found</title><h1>Not Found</h1>');
  if (settings.maintenance === 'command_line') {
    const html = '<!doctype html><title>Site under maintenance</title><h1>This site is undergoing maintenance</h1>';
    return page(503, html, { 'Retry-After': '300' });
  }
  if (host !== root.host) {
    const location = `${root.origin}${path}${search}`;
    return page(303, `<!doctype html><title>Redirect</title><a href="${location}">Continue</a>`, {
      Location: location,
    });
  }
  return settings.webServicesEnabled && settings.restEnabled ? null : page(403, '');
}

/** Address of the site, without a trailing slash. */
export function wwwrootOf(request: Request, { wwwroot }: MoodleSettings): string {
  return wwwroot?.replace(/\/$/, '') ?? `http://${placeOf(request).host}`;
}

/** Path, host and query of a request; doubled slashes count as one. */
function placeOf(request: Request): { readonly path: string; readonly host: string; readonly search: string } {
  const { pathname, host, search } = new URL(request.url);
  return { path: pathname.replace(/\/+/g, '/'), host: request.headers.get('Host') ?? host, search };
}
