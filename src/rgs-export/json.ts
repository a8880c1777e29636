import type { JsonValue } from '../../events/envelope.js';
import { MalformedExportError } from './malformed-export-error.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';

/** The number of values that one file may still yield: references let a small file unfold to a large one. */
export class Budget {
  constructor(
    private left: number,
    private readonly entry: () => string,
  ) {}

  spend(): void {
    this.left -= 1;
    if (this.left < 0) {
      throw new MalformedExportError('unfolds to too many values by its references.', {
        entry: this.entry(),
      });
    }
  }
}

/** No object of the product nests deeper. A value below is represented by its text. */
const deepest = 12;

/** Any value as JSON, for properties that the tables do not know: objects by their properties, lists as lists. */
export function jsonOf(value: ClixmlValue, budget: Budget, depth = 0): JsonValue {
  budget.spend();
  if (typeof value === 'string') return value.toWellFormed();
  if (!(value instanceof ClixmlObject)) return value;
  if (depth < deepest) {
    if (value.items !== null) return value.items.map((item) => jsonOf(item, budget, depth + 1));
    if (value.entries !== null) {
      return Object.fromEntries(
        value.entries.map((entry) => [
          String(textOf(entry.key)).toWellFormed(),
          jsonOf(entry.value, budget, depth + 1),
        ]),
      );
    }
    // The printed form of an object says less than its properties, usually the name of its type.
    if (value.properties.length > 0 || (value.text === null && value.inner === undefined)) {
      return Object.fromEntries(
        value.properties.map((property) => [
          property.name.written.toWellFormed(),
          jsonOf(property.value, budget, depth + 1),
        ]),
      );
    }
  }
  return textOf(value)?.toWellFormed() ?? null;
}
