import type { MoodleSettings } from '../settings.js';
import { type Fields, nestFields, type PhpArray, readUrlEncoded } from './php-form.js';

/** The parameters of query and form. The form wins where both have one. */
export async function readParameters(request: Request, settings: MoodleSettings): Promise<PhpArray> {
  const query = nestFields(readUrlEncoded(new URL(request.url).search.slice(1)), settings.maxInputVars);
  const form = nestFields(await readForm(request, settings), settings.maxInputVars);
  return new Map([...query, ...form]);
}

/** The fields of a form. PHP ignores other content types, and drops everything from a body over the limit. */
async function readForm(request: Request, { postMaxSize }: MoodleSettings): Promise<Fields> {
  const type = request.headers.get('Content-Type') ?? '';
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > postMaxSize) return [];
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    return readUrlEncoded(Buffer.from(bytes).toString('latin1'));
  }
  if (!/^multipart\/form-data\b/i.test(type)) return [];
  const data = await new Response(bytes, { headers: { 'Content-Type': type } }).formData();
  return [...data].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
}
