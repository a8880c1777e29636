/** The fields of the configuration, with the limits that their decorators set. */
import { getMetadataStorage } from 'class-validator';
import { Configuration } from '../../src/configuration.js';
import { textOf } from '../../examples/generator/text-of.js';

export interface Field {
  readonly name: string;
  /** As it would be given. */
  readonly byDefault: string;
  /** As the README says it. */
  readonly limits: string;
  readonly wrong: readonly string[];
}

const counted = (value: unknown): string => Number(value).toLocaleString('en-US');

/** What each decorator asks for: its first constraint, by the decorator's name. */
function demandsOn(name: string): Readonly<Record<string, unknown>> {
  const all = getMetadataStorage().getTargetValidationMetadatas(Configuration, '', false, false);
  return Object.fromEntries(
    all
      .filter(({ propertyName }) => propertyName === name)
      .map(({ name: decorator = '', constraints, message }) => [
        decorator,
        decorator === 'matches' ? message : (constraints as unknown[] | undefined)?.[0],
      ]),
  );
}

/** What the one field with a check of its own takes. */
const connectionStrings = '`esdb://…` or `kurrentdb://…`, each also with `+discover`';

function fieldOf(name: string, value: unknown): Field {
  const byDefault = String(value);
  const { min, max, isIn, matches } = demandsOn(name);
  if (Array.isArray(isIn)) return { name, byDefault, limits: isIn.join(', '), wrong: ['loud', 'warning'] };
  if (typeof value === 'number') {
    return {
      name,
      byDefault,
      limits: `${counted(min)} to ${counted(max)}`,
      wrong: ['many', '1.5', '1e3x', String(Number(min) - 1), String(Number(max) + 1)],
    };
  }
  if (matches === undefined)
    return { name, byDefault, limits: connectionStrings, wrong: ['mysql://db', 'esdb://', ' '] };
  return { name, byDefault, limits: textOf(matches).replace(/^\S+ must be /, ''), wrong: [' '] };
}

export const fields: readonly Field[] = Object.entries(new Configuration()).map(([name, value]) =>
  fieldOf(name, value),
);
