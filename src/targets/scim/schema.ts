import * as z from 'zod';

/** A resource of any kind: https://www.rfc-editor.org/rfc/rfc7643#section-3.1. Whatever else it holds stays as it came. */
export const resourceSchema = z.looseObject({ id: z.union([z.string().min(1), z.number().transform(String)]) });

const count = z.int().min(0).optional().catch(undefined);

/** One page of a list: https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2 and https://www.rfc-editor.org/rfc/rfc9865 */
export const pageSchema = z.object({
  totalResults: count,
  nextCursor: z.string().min(1).optional().catch(undefined),
  // It may be missing where there is nothing in it.
  Resources: z.array(resourceSchema).nullish(),
});

/** A resource that a write may answer with, or not: servers answer with less, with nothing, and with `{}`. */
export const answeredSchema = z.looseObject({ id: resourceSchema.shape.id.optional().catch(undefined) }).nullish();

const word = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

/** An error in the form that servers really use: each part may be missing, and the status may be a number. */
export const errorSchema = z.object({ detail: word, scimType: word });

const feature = z
  .looseObject({ supported: z.boolean().optional().catch(undefined) })
  .optional()
  .catch(undefined);

/** What a server says of itself: https://www.rfc-editor.org/rfc/rfc7643#section-5. It may say nothing, and it may be wrong. */
export const providerSchema = z.object({
  patch: feature,
  filter: feature,
  etag: feature,
  pagination: z
    .looseObject({ cursor: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** The attributes of each schema, as far as a server tells them: https://www.rfc-editor.org/rfc/rfc7643#section-7 */
export const schemasSchema = z.object({
  Resources: z.array(
    z.object({
      id: z.string(),
      attributes: z.array(z.looseObject({ name: z.string() })).catch([]),
    }),
  ),
});

/** The answer of a token endpoint: https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/** The error of a token endpoint: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export const tokenErrorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

export type ScimResource = z.infer<typeof resourceSchema>;
export type Provider = z.infer<typeof providerSchema>;
