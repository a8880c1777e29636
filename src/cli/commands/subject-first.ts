/** What a command is about right after its verb, as refusals and the runbook name it: `end-outage pool-a.contoso.com`, `retract <event>`. */
import { commandNames } from '../../domain/command-summaries.js';
import { flagOf, type Field } from './fields.js';
import { commandVerbs } from './table.js';

/** Global flags whose next word is their value. */
const withValue: ReadonlySet<string> = new Set(['--url', '--key-file']);

/** The words of a command line, with a pool, or an event, that follows its verb without a flag under the flag of that verb. */
export function subjectsUnderFlags(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((word, index) => !word.startsWith('-') && !withValue.has(argv[index - 1] ?? ''));
  const name = commandNames.find((one) => one === argv[at]);
  const field = name && commandVerbs[name].fields.find(isSubject);
  if (field === undefined) return argv;
  const rest = argv.slice(at + 1);
  const flags = rest.findIndex((word) => word.startsWith('-'));
  const subjects = flags < 0 ? rest : rest.slice(0, flags);
  return [
    ...argv.slice(0, at + 1),
    ...subjects.flatMap((subject) => [`--${flagOf(field)}`, subject]),
    ...rest.slice(subjects.length),
  ];
}

const isSubject = ({ name, value }: Field): boolean => value.startsWith('<fqdn') || name === 'eventId';
