import * as z from 'zod';

// Counts come as numbers, and from sister endpoints as text.
const countSchema = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);
const lenientCount = countSchema.optional().catch(undefined);

/**
 * `GET /v1/company/employees`. People are left unread here: one that is not understood must not fail its page.
 * https://developer.personio.de/reference/get_company-employees
 */
export const employeesSchema = z.object({
  success: z.literal(true),
  data: z.array(z.unknown()),
  limit: lenientCount,
  metadata: z.object({ total_elements: lenientCount }).optional().catch(undefined),
});

/** `GET /v1/company/employees/{id}`. */
export const employeeSchema = z.object({ success: z.literal(true), data: z.unknown() });

/**
 * One attribute that a credential may read, of `GET /v1/company/employees/attributes`.
 * https://developer.personio.de/reference/get_company-employees-custom-attributes
 */
const attributeSchema = z.object({
  key: z.string().min(1),
  label: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
});

export type Attribute = z.infer<typeof attributeSchema>;

/** The attribute catalogue; an entry without a key names nothing and is left out. */
export const attributesSchema = z.object({
  success: z.literal(true),
  data: z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry): readonly Attribute[] => {
      const read = attributeSchema.safeParse(entry);
      return read.success ? [read.data] : [];
    }),
  ),
});

/** `POST /v1/auth`; `expires_in` (seconds that the token still lives) is left out by older stand-ins. */
export const tokenSchema = z
  .object({ success: z.literal(true), data: z.object({ token: z.string().min(1), expires_in: lenientCount }) })
  .transform(({ data }) => ({ token: data.token, expiresInSeconds: data.expires_in ?? null }));
