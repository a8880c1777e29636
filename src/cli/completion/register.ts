import { Argument, type Command } from 'commander';
import { CliError, exitCodes } from '../exit-codes.js';
import type { Session } from '../session.js';
import { scriptFor, shells } from './scripts.js';
import { completionsOf } from './tree.js';

const help = `
bash:        source <(poolkeeper completion bash)                 best in ~/.bashrc
zsh:         source <(poolkeeper completion zsh)                  best in ~/.zshrc
PowerShell:  poolkeeper completion powershell | Out-String | Invoke-Expression   best in $PROFILE`;

export function registerCompletion(program: Command, session: Session): void {
  program
    .command('completion')
    .description('print a script with which a shell completes verbs, flags and their values')
    .addArgument(new Argument('<shell>', 'which one').choices([...shells]))
    .addHelpText('after', help)
    .action((given: string) => {
      const shell = shells.find((one) => one === given);
      if (shell === undefined) throw new CliError(`No script is known for ${given}.`, exitCodes.usage);
      session.io.data(scriptFor(shell, completionsOf(program)).trimEnd());
    });
}
