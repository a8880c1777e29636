import type { JsonObject } from '../../../events/envelope.js';
import { textOf } from '../../../examples/generator/text-of.js';
import { flagOf } from '../../../src/cli/commands/fields.js';
import { commandVerbs } from '../../../src/cli/commands/table.js';
import type { CommandName } from '../../../src/domain/commands.js';

/** A body as the flags of its verb. */
export function flagsOf(name: string, body: JsonObject): string[] {
  if (name === 'register-pair') {
    return (body['pools'] as readonly { readonly fqdn: string }[]).flatMap(({ fqdn }) => ['--pool', fqdn]);
  }
  return commandVerbs[name as CommandName].fields.flatMap((field) => {
    const value = body[field.name];
    if (value === undefined) return [];
    return [`--${flagOf(field)}`, typeof value === 'object' ? JSON.stringify(value) : textOf(value)];
  });
}
