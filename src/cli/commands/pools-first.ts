/** Pools right after a verb, as refusals and the runbook name them: `end-outage pool-a.contoso.com`. */
import { commandNames } from '../../domain/commands.js';
import { flagOf } from './fields.js';
import { commandVerbs } from './table.js';

/** Global flags whose next word is their value. */
const withValue: ReadonlySet<string> = new Set(['--url', '--key-file']);

/** The words of a command line, with a pool that follows its verb without a flag under the flag of that verb. */
export function poolsUnderFlags(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((word, index) => !word.startsWith('-') && !withValue.has(argv[index - 1] ?? ''));
  const name = commandNames.find((one) => one === argv[at]);
  const field = name && commandVerbs[name].fields.find(({ value }) => value.startsWith('<fqdn'));
  if (field === undefined) return argv;
  const rest = argv.slice(at + 1);
  const flags = rest.findIndex((word) => word.startsWith('-'));
  const pools = flags < 0 ? rest : rest.slice(0, flags);
  return [
    ...argv.slice(0, at + 1),
    ...pools.flatMap((pool) => [`--${flagOf(field)}`, pool]),
    ...rest.slice(pools.length),
  ];
}
