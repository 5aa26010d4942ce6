import type * as z from 'zod';
import type { Company } from '../company/company.js';
import type { companyEventSchema } from '../company/events.js';
import type { SourceSystem, TargetSystem } from '../system.js';

/** What the control API reaches. */
export interface Controlled {
  readonly company: Company;
  readonly hr: { apply(event: z.input<typeof companyEventSchema>): unknown; moveTo(day: string): void };
  readonly systems: readonly ((SourceSystem | TargetSystem) & { readonly title: string })[];
  /** A config for two stand-ins, by their names. */
  readonly configFor: (source: string, target: string) => string;
}
