/** Scripts that complete verbs, flags and their values, for each shell. */
import type { Completions } from './tree.js';

export const shells = ['bash', 'zsh', 'powershell'] as const;
export type Shell = (typeof shells)[number];

export const scriptFor = (shell: Shell, completions: Completions): string =>
  ({ bash, zsh, powershell })[shell](completions);

/** Where nothing is known the shell offers files. */
const bash = ({ words, values, withValue }: Completions): string => `# poolkeeper completion bash
_poolkeeper() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before='' verb='' known='' given i
  [ "$COMP_CWORD" -gt 0 ] && before="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    given="\${COMP_WORDS[i]}"
    case "$given" in
      ${withValue.join('|')}) i=$((i + 1)) ;;
      -*) ;;
      *)
        case "$verb\${verb:+ }$given" in
          ${[...words.keys()]
            .filter((verb) => verb !== '')
            .map(quoted)
            .join('|')}) verb="$verb\${verb:+ }$given" ;;
        esac ;;
    esac
  done
  case "$verb\${verb:+ }$before" in
${casesOf(values)}
    *)
      case "$before" in
        ${withValue.join('|')}) COMPREPLY=(); return ;;
      esac
      case "$verb" in
${casesOf(words, '    ')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$known" -- "$word"))
}
complete -o default -F _poolkeeper poolkeeper
`;

const casesOf = (by: ReadonlyMap<string, readonly string[]>, more = ''): string =>
  [...by]
    .map(([name, known]) => `${more}    ${quoted(name)}) known=${quoted(known.join(' '))} ;;`)
    .join('\n');

const zsh = (completions: Completions): string => `# poolkeeper completion zsh
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bash(completions)}`;

const powershell = ({ words, values, withValue }: Completions): string => `# poolkeeper completion powershell
Register-ArgumentCompleter -Native -CommandName poolkeeper -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${hashOf(words)}
  }
  $values = @{
${hashOf(values)}
  }
  $withValue = ${listOf(withValue)}
  $verb = ''
  $before = ''
  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition -and $wordToComplete -ne '') { break }
    $given = $element.Extent.Text
    $longer = ($verb + ' ' + $given).Trim()
    if ($withValue -notcontains $before -and -not $given.StartsWith('-') -and $words.ContainsKey($longer)) { $verb = $longer }
    $before = $given
  }
  $ofFlag = ($verb + ' ' + $before).Trim()
  $known = if ($values.ContainsKey($ofFlag)) { $values[$ofFlag] } elseif ($withValue -contains $before) { @() } else { $words[$verb] }
  $known | Where-Object { $_ -like ($wordToComplete + '*') } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;

const hashOf = (by: ReadonlyMap<string, readonly string[]>): string =>
  [...by].map(([name, known]) => `    ${quoted(name)} = ${listOf(known)}`).join('\n');

const listOf = (known: readonly string[]): string => `@(${known.map(quoted).join(', ')})`;

/** Verbs, flags and values are words of letters and hyphens, the same in all three. */
const quoted = (text: string): string => `'${text}'`;
