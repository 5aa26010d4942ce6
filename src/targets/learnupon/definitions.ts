import { didYouMean } from '../../core/closest.js';
import { askOnce } from '../kit/ask-once.js';
import { RejectedError } from '../kit/rejected.js';
import type { LearnUponClient } from './client.js';
import { type CustomField, customFieldFrom, folded } from './custom-data.js';
import type { LearnUponSettings } from './settings.js';

/** The custom fields of a portal. They can only be made by hand. */
export class CustomFields {
  constructor(readonly all: readonly CustomField[]) {}

  /** The field of that label, in exactly these letters where there is one. */
  find(label: string): CustomField | undefined {
    const exact = this.all.find((field) => field.label === label.trim());
    return exact ?? this.all.find((field) => folded(field.label) === folded(label));
  }

  /** @throws RejectedError when there is none: LearnUpon may ignore an unknown one without a word */
  get(label: string): CustomField {
    const field = this.find(label);
    if (field !== undefined) return field;
    const detail = `LearnUpon has no custom field "${label}"`;
    throw new RejectedError('unknown_reference', `${detail}${this.hint(label)}`);
  }

  /** What to do about a label that there is not. */
  hint(label: string): string {
    const near = didYouMean(
      label,
      this.all.map((field) => field.label),
    );
    return near === '' ? '; an admin makes it under Settings > Custom User Data' : near;
  }
}

/** Reads the definitions at the first need, and remembers them for as long as the target is open. */
export function rememberCustomFields(
  client: Pick<LearnUponClient, 'definitions'>,
  settings: LearnUponSettings,
): () => Promise<CustomFields> {
  return askOnce(() => read(client, settings));
}

async function read(client: Pick<LearnUponClient, 'definitions'>, settings: LearnUponSettings): Promise<CustomFields> {
  return new CustomFields((await client.definitions()).map((definition) => customFieldFrom(definition, settings)));
}
