import * as z from 'zod';

const text = z.string().nullish().catch(null);

/** An employee id as text: whole numbers come as numbers and as text. */
export const idSchema = z.union([z.int().nonnegative().transform(String), z.string().trim().regex(/^\d+$/)]);

/** The employee id that a value is, or null. */
export function idIn(value: unknown): string | null {
  const read = idSchema.safeParse(value);
  return read.success ? read.data : null;
}

/** One field of `GET /v1/meta/fields`. https://documentation.bamboohr.com/reference/metadata-get-a-list-of-fields */
const fieldSchema = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  name: z.string(),
  type: text,
  alias: z.string().min(1),
});

export type Field = z.infer<typeof fieldSchema>;

/** The fields of an account; those without an alias cannot be asked for by it and are left out. */
export const fieldsSchema = listOf(fieldSchema);

const optionSchema = z.object({ name: z.string() });

/** One list of `GET /v1/meta/lists`: the options of a field. */
export const listsSchema = listOf(z.object({ alias: z.string().min(1), options: listOf(optionSchema) }));

/** `GET /v1/company_information`. */
export const companySchema = z.object({ legalName: text, displayName: text });

const countSchema = z.int().nonnegative();

/**
 * A page of `GET /v1/employees`. People are left unread here. https://documentation.bamboohr.com/reference/list-employees
 */
export const rosterSchema = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ total: countSchema, page: z.object({ nextCursor: z.string().nullish() }) }),
});

/** The answer of `POST /v1/reports/custom?format=json`. */
export const reportSchema = z.object({
  fields: listOf(z.object({ id: z.union([z.string(), z.number().transform(String)]) })),
  employees: z.array(z.unknown()),
});

/** One page of `POST /v2/datasets/employee/data`. */
export const datasetSchema = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ totalItems: countSchema, totalPages: countSchema }),
});

const datasetFieldSchema = z.object({ name: z.string().min(1), label: text });

export type DatasetField = z.infer<typeof datasetFieldSchema>;

/** One page of `GET /v1_2/datasets/employee/fields`. */
export const datasetFieldsSchema = z.object({
  fields: listOf(datasetFieldSchema),
  pagination: z
    .object({ total_pages: countSchema.nullish().catch(null) })
    .nullish()
    .catch(null),
});

const changeSchema = z.object({ action: z.string() });

/** `GET /v1/employees/changed`. An account without changes may show its empty map as an empty list. */
export const changedSchema = z.object({
  employees: z.union([
    z.record(z.string(), changeSchema),
    z
      .array(z.unknown())
      .length(0)
      .transform((): Record<string, z.infer<typeof changeSchema>> => ({})),
  ]),
});

/** The entries of a list that have the shape of one. */
function listOf<Entry>(schema: z.ZodType<Entry>) {
  return z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry): readonly Entry[] => {
      const read = schema.safeParse(entry);
      return read.success ? [read.data] : [];
    }),
  );
}
