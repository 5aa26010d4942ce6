import { type CustomField, customFieldFrom } from '../../../../src/targets/learnupon/custom-data.js';
import { CustomFields } from '../../../../src/targets/learnupon/definitions.js';
import { type LearnUponSettings, learnuponSettings } from '../../../../src/targets/learnupon/settings.js';

/** Settings as a config gives them. */
export function settingsWith(changes: object = {}): LearnUponSettings {
  const required = { base_url: 'https://acme.example/api/v1', username: 'key', password: 'secret' };
  return learnuponSettings.parse({ ...required, ...changes });
}

/** A custom field of a type as the API counts them, with values between commas for the choices. */
export function fieldOf(type_id: number, predefined_values: string | null = null, changes: object = {}): CustomField {
  return customFieldFrom({ id: 5, type_id, label: 'Field', predefined_values }, settingsWith(changes));
}

/** The custom fields of a portal. */
export function portalFields(settings: LearnUponSettings = settingsWith()): CustomFields {
  const definitions = [
    { id: 1, type_id: 1, label: 'Employee id' },
    { id: 2, type_id: 1, label: 'Manager' },
    { id: 3, type_id: 3, label: 'Badge' },
    { id: 4, type_id: 1, label: 'Cost centre' },
  ];
  return new CustomFields(definitions.map((definition) => customFieldFrom(definition, settings)));
}
