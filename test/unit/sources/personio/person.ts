/** An attribute as a test writes it: its value, and what Personio calls its type. */
export type WrittenAttribute = readonly [value: unknown, type?: string | undefined];

/** One made-up person in the shape of `GET /v1/company/employees`; named attributes are added or replaced. */
export function person(attributes: Readonly<Record<string, WrittenAttribute>> = {}): unknown {
  const all: Readonly<Record<string, WrittenAttribute>> = {
    id: [1001, 'integer'],
    first_name: ['Mia'],
    last_name: ['Adler'],
    email: ['mia.adler@acme.example'],
    ...attributes,
  };
  const entries = Object.entries(all).map(([key, written]) => {
    const type = written.length === 2 ? written[1] : 'standard';
    return [key, { label: key, value: written[0], type, universal_id: null }];
  });
  return { type: 'Employee', attributes: Object.fromEntries(entries) };
}

/** A department, office and the like as the value of an attribute. */
export function organisation(type: string, name: string): unknown {
  return { type, attributes: { id: 1, name } };
}
