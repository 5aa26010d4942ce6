import * as z from 'zod';

const text = z.string().nullish().catch(null);

/** One page of any list: https://docs.kombo.dev/hris/getting-started/querying-api.md. Rows are left unread here. */
export const pageSchema = z.object({
  status: z.literal('success'),
  data: z.object({ next: z.string().nullish(), results: z.array(z.unknown()) }),
});

/** What Kombo says of a model or of one of its fields; whatever has an unknown shape counts as not said. */
const supplySchema = {
  id: z.string(),
  is_available: z.boolean().nullish().catch(null),
  coverage_status: text,
  scope_config_setting: text,
  opted_out_by_customer: z.boolean().nullish().catch(null),
};

const modelSchema = z.object({ ...supplySchema, fields: listOf(z.object(supplySchema)) });

/**
 * `GET /integrations/{integration_id}`: how the connection fares, and what it supplies.
 * https://api.kombo.dev/openapi.json
 */
export const integrationSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    tool: z.object({ id: z.string(), label: text }),
    category: text,
    status: z.string(),
    setup_status: z.string(),
    data_expired_at: z.string().nullish(),
    read_models: listOf(modelSchema),
  }),
});

export type Integration = z.infer<typeof integrationSchema>['data'];
export type SuppliedModel = z.infer<typeof modelSchema>;

/** One line of `GET /integrations/{integration_id}/custom-fields`; without an integration field it is not mapped. */
export const customFieldSchema = z.object({
  key: z.string().min(1),
  label: text,
  model: text,
  integration_field: z.unknown(),
});

export type CustomField = z.infer<typeof customFieldSchema>;

/** One line of `GET /integrations/{integration_id}/integration-fields`: a field of the HR system itself. */
export const integrationFieldSchema = z.object({
  key: z.string().min(1),
  label: text,
  model: text,
  is_passthrough_enabled: z.boolean().nullish().catch(null),
});

export type IntegrationField = z.infer<typeof integrationFieldSchema>;

/** What is needed of anything that people belong to. */
export const unitSchema = z.object({ id: z.string() });

/** One line of `GET /hris/groups`. */
export const groupSchema = z.object({ id: z.string(), name: text, type: text, parent_id: text });

export type Group = z.infer<typeof groupSchema>;

const refusalSchema = z.object({
  status: z.literal('error'),
  error: z.object({ code: text, title: text, message: z.string() }),
});

/** An error in Kombo's words: its code, where it has one, and its sentence (the first 200 characters). */
export interface Refusal {
  readonly code: string | null;
  readonly message: string;
}

/** What Kombo says in an error's body, or null where the body is not Kombo's: https://docs.kombo.dev/guides/errors */
export function refusalIn(body: unknown): Refusal | null {
  const read = refusalSchema.safeParse(body);
  if (!read.success) return null;
  const { code, message } = read.data.error;
  return { code: code ?? null, message: message.slice(0, 200) };
}

/** The entries of a list that have the shape of one; what is no list has none. */
function listOf<Entry>(schema: z.ZodType<Entry>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) => entriesOf(schema, entries));
}

/** Those of some rows that have the shape of a schema. */
export function entriesOf<Entry>(schema: z.ZodType<Entry>, rows: readonly unknown[]): readonly Entry[] {
  return rows.flatMap((row) => {
    const read = schema.safeParse(row);
    return read.success ? [read.data] : [];
  });
}
