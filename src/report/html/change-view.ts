/**
 * One change as the page keeps it, in the shortest form that JSON has: kind (place in `kinds`), employee id, name,
 * e-mail, account, reason, department (place in `departments`, -1 for none), whether it mails an invitation (1 or 0),
 * outcome, error, and its fields one after another as field (place in `fields`), before, after. All texts are ready to
 * be shown; before is '' in a new account.
 */
export type ChangeRow = readonly [
  kind: number,
  id: string,
  name: string,
  email: string,
  account: string,
  because: string,
  department: number,
  invites: 0 | 1,
  outcome: string,
  error: string,
  fields: readonly (string | number)[],
];

/** What the numbers in rows stand for. */
export interface Dictionary {
  /** How many rows there are. */
  readonly total: number;
  readonly kinds: readonly { readonly kind: string; readonly heading: string }[];
  readonly departments: readonly string[];
  readonly fields: readonly string[];
}

/** Makes one element: markup when the file is written, an element of the page in the browser. */
export type Build<Made> = (tag: string, className: string, ...children: readonly (Made | string)[]) => Made;

/**
 * Shows one change. The file holds this function's own text as well, so that the page lists changes exactly as it was
 * written: it may use nothing but its arguments.
 */
export function changeView<Made>(row: ChangeRow, dictionary: Dictionary, build: Build<Made>): Made {
  const [kind, id, name, email, account, because, department, invites, outcome, error, fields] = row;
  const { kind: kindName = '', heading = '' } = dictionary.kinds[kind] ?? {};
  const who: (Made | string)[] = [build('span', `kind ${kindName}`, heading), ' '];
  if (name !== '') who.push(build('bdi', 'name', name), ' ');
  if (email !== '') who.push(build('bdi', 'mail', email), ' ');
  who.push(build('bdi', 'id', `#${id}`));
  if (invites === 1) who.push(' ', build('span', 'tag invites', 'is mailed an invitation'));
  if (outcome !== 'planned') who.push(' ', build('span', `tag ${outcome}`, outcome));
  const facts = [because, dictionary.departments[department] ?? '', account === '' ? '' : `account ${account}`];
  const parts: (Made | string)[] = [build('p', 'who', ...who)];
  const why = facts.filter((fact) => fact !== '').flatMap((fact) => [' · ', build('bdi', '', fact)]);
  if (why.length > 0) parts.push(build('p', 'why', ...why.slice(1)));
  if (error !== '') parts.push(build('p', 'error', error));
  const list: Made[] = [];
  for (let place = 0; place < fields.length; place += 3) {
    const label = dictionary.fields[Number(fields[place])] ?? '';
    const before = String(fields[place + 1]);
    const after = build('ins', '', build('bdi', '', String(fields[place + 2])));
    const values: (Made | string)[] =
      before === '' ? [after] : [build('del', '', build('bdi', '', before)), ' ', build('span', 'to', '→'), ' ', after];
    list.push(build('div', '', build('dt', '', label), build('dd', '', ...values)));
  }
  if (list.length > 0) parts.push(build('dl', kindName === 'create' ? 'fields new' : 'fields', ...list));
  return build('li', 'change', ...parts);
}
