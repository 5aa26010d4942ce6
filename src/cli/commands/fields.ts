import { mappingText } from '../../config/mapping-text.js';
import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { fieldsReadBy, type MappingRule } from '../../core/mapping.js';
import { suggestMapping } from '../../core/suggest.js';
import { EXIT } from '../../exit.js';
import { columns, renderTable } from '../../report/table.js';
import { safeText } from '../../report/terminal.js';
import type { SourceField } from '../../sources/source.js';
import type { TargetField } from '../../targets/target.js';
import { connect } from '../connect.js';
import type { CommandBody } from '../process.js';

interface Catalogue {
  readonly source: readonly (SourceField & { readonly mapped_to: readonly string[] })[];
  readonly target: readonly (TargetField & { readonly mapped_from: readonly string[] })[];
  readonly mapping: string;
}

/** Shows what the source offers and the target takes, what of it the mapping uses, and a mapping to paste. */
export function fields(): CommandBody {
  return async (world) => {
    const config = await world.loadConfig();
    const { source, target, types } = connect(config, world);
    const [offered, taken] = await Promise.all([source.fields(), target.fields()]);
    const lines = suggestMapping({
      ...{ rules: config.mapping, source: offered, target: taken, table: types },
      withheld: (field) => target.withheld(field),
    });
    const catalogue = {
      source: offered.map((one) => ({ ...one, mapped_to: usesOf(one.name, config.mapping) })),
      target: taken.map(({ name, type, required, choices }) => ({
        ...{ name, type, required, choices },
        mapped_from: originsOf(name, config.mapping),
      })),
      mapping: mappingText(lines),
    };
    world.print({
      text: text(catalogue, { source: source.title, target: target.title, width: world.width }),
      json: {
        format: 1,
        source: { type: source.type, fields: catalogue.source },
        target: { type: target.type, fields: catalogue.target },
        mapping: catalogue.mapping,
      },
    });
    return EXIT.done;
  };
}

function usesOf(name: string, rules: readonly MappingRule[]): readonly string[] {
  return rules.filter((rule) => fieldsReadBy(rule).includes(name)).map(({ field }) => field);
}

function originsOf(name: string, rules: readonly MappingRule[]): readonly string[] {
  const rule = rules.find(({ field }) => field === name);
  if (rule === undefined) return [];
  const read = fieldsReadBy(rule);
  return read.length > 0 ? read : [`"${String(rule.value)}"`];
}

function text(
  catalogue: Catalogue,
  { source, target, width }: { readonly source: string; readonly target: string; readonly width: number },
): string {
  const offered = catalogue.source.map(({ name, label, type, mapped_to }) => [
    ...[name, label ?? '', said(type)],
    mapped_to.map(nameOf).join(', '),
  ]);
  const taken = catalogue.target.map(({ name, type, required, choices, mapped_from }) => [
    ...[nameOf(name), said(type), required ? 'yes' : '', mapped_from.join(', ')],
    (choices ?? []).join(', '),
  ]);
  return [
    `${source} offers\n`,
    renderTable(columns('field', 'label', 'type', 'mapped to'), offered, width),
    `\n${target} takes\n`,
    renderTable(
      [...columns('field', 'type', 'required', 'mapped from'), { title: 'choices', wraps: true }],
      taken,
      width,
    ),
    '\nTo paste into the config; what fits beside it and the rest as comments\n\n',
    ...catalogue.mapping.split(/(?<=\n)/).map((line) => `${safeText(line.trimEnd())}\n`),
  ].join('');
}

function nameOf(field: string): string {
  return field.startsWith(CUSTOM_FIELD_PREFIX) ? field.slice(CUSTOM_FIELD_PREFIX.length) : field;
}

function said(type: string): string {
  return type.replaceAll('_', ' ');
}
