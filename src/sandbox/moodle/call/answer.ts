/** The answer to a call, with status 200: JSON if the call asks for it, else XML. */
export function answer(value: unknown, format: string | null): Response {
  if (format === 'json') return respond(JSON.stringify(value), 'application/json');
  return respond(`${XML}<RESPONSE>\n${toXml(value)}</RESPONSE>\n`, 'application/xml');
}

/** An exception as the answer to a call; the status is 200 too. */
export function answerException(exception: Readonly<Record<string, string>>, format: string | null): Response {
  if (format === 'json') return respond(JSON.stringify(exception), 'application/json');
  const { exception: name = '', ...rest } = exception;
  const lines = Object.entries(rest).map(
    ([key, text]) => `<${key.toUpperCase()}>${escapeXml(text)}</${key.toUpperCase()}>\n`,
  );
  return respond(`${XML}<EXCEPTION class="${escapeXml(name)}">\n${lines.join('')}</EXCEPTION>\n`, 'application/xml');
}

/** An HTML page of the web server; `html` may be empty. */
export function page(status: number, html: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(html, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } });
}

/** Escapes a text for XML and HTML. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const XML = '<?xml version="1.0" encoding="UTF-8" ?>\n';

function respond(body: string, type: string): Response {
  return new Response(body, { status: 200, headers: { 'Content-Type': `${type}; charset=utf-8` } });
}

function toXml(value: unknown): string {
  if (Array.isArray(value)) return `<MULTIPLE>\n${value.map(toXml).join('')}</MULTIPLE>\n`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.entries(value).map(([key, one]) => `<KEY name="${key}">${toXml(one)}</KEY>\n`);
    return `<SINGLE>\n${keys.join('')}</SINGLE>\n`;
  }
  if (value === null || value === undefined) return '<VALUE null="null"/>\n';
  return `<VALUE>${escapeXml(typeof value === 'boolean' ? String(Number(value)) : String(value))}</VALUE>\n`;
}
