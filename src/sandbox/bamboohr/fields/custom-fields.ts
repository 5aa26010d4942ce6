import { type CustomAttribute, findUnit } from '../../company/company.js';
import type { CompanyView } from '../parts.js';
import type { Field, FieldType } from './field.js';
import { asOption, unitOption } from './job-fields.js';

const FIRST_ID = 4401;

const TYPES: Readonly<Record<CustomAttribute['type'], FieldType>> = {
  integer: 'int',
  tags: 'multilist',
  list: 'list',
  multiline: 'textarea',
  date: 'date',
  link: 'text',
};

type Made = Pick<Field, 'name' | 'type' | 'keys' | 'value' | 'options'> & { readonly key: string };

/**
 * The fields that the account added. Team and cost center are among them, for BambooHR has no standard fields for these.
 *
 * Source: documentation.bamboohr.com/docs/past-changes-to-the-api.
 */
export function customFields({ company, settings }: CompanyView): readonly Field[] {
  const own = company.customAttributes.map(ofAttribute);
  return [...own, team, costCenter].map(({ key, ...field }, index) => {
    const id = FIRST_ID + index;
    const alias = settings.customAliases[key] ?? `custom${field.name.replace(/[^A-Za-z0-9]/g, '')}`;
    const number = settings.datasetNumbers === 'field_id' ? id : 1 + index;
    return { ...field, id, alias, dataset: `customField${number}`, isCustom: true };
  });
}

function ofAttribute({ key, label, type, options }: CustomAttribute): Made {
  return {
    key,
    name: label,
    type: TYPES[type],
    keys: [key],
    value: ({ person }) => {
      const value = person.custom[key] ?? null;
      return typeof value === 'number' ? String(value) : value;
    },
    options: options.length === 0 ? null : () => options.map(asOption),
  };
}

const team: Made = {
  key: 'team',
  name: 'Team',
  type: 'list',
  keys: ['teamId'],
  value: ({ person }, { company }) => findUnit(company.teams, person.teamId)?.name ?? null,
  options: ({ company }) => company.teams.map(unitOption),
};

const costCenter: Made = {
  key: 'cost_center',
  name: 'Cost Center',
  type: 'list',
  keys: ['costCenterIds'],
  value: (
    {
      person: {
        costCenterIds: [first = null],
      },
    },
    { company },
  ) => findUnit(company.costCenters, first)?.name ?? null,
  options: ({ company }) => company.costCenters.map(unitOption),
};
