/** What every verb's help says beyond its flags. */
import { Help, type Command, type HelpConfiguration } from 'commander';
import { examples } from './examples.js';

/** Flags that have to be given are in the usage, and marked among the others. */
export const helpStyle: HelpConfiguration = {
  commandUsage(command) {
    const usage = Help.prototype.commandUsage.call(this, command);
    const flags = command.options.filter(({ mandatory }) => mandatory).map((option) => option.flags);
    return flags.length === 0 ? usage : usage.replace('[options]', `${flags.join(' ')} [options]`);
  },
  optionDescription(option) {
    const text = Help.prototype.optionDescription.call(this, option);
    return option.mandatory ? `${text} (required)` : text;
  },
};

/** Adds its examples to the help of every verb, those below another verb too. */
export function addExamples(program: Command): void {
  for (const verb of program.commands) addTo(verb, verb.name());
}

function addTo(verb: Command, name: string): void {
  for (const inner of verb.commands) addTo(inner, `${name} ${inner.name()}`);
  const lines = examples[name] ?? [];
  if (lines.length === 0) return;
  verb.addHelpText(
    'after',
    ['', lines.length === 1 ? 'Example:' : 'Examples:', ...lines.map((line) => `  poolkeeper ${line}`)].join(
      '\n',
    ),
  );
}
