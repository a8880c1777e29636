/** Texts of the comparison with what had gone otherwise. */
const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`;

export const whatIfTexts = {
  title: 'What if …',
  hint: 'One thing had gone otherwise, and all else as it did. Nothing is stored.',
  event: 'What',
  change: 'Had it',
  changes: { earlier: 'happened earlier', later: 'happened later', drop: 'not happened' },
  minutes: 'Minutes',
  compare: 'Compare',
  clear: 'Take them away',
  working: 'Folding both histories…',
  recorded: 'As it was',
  history: 'History',
  cutOff: 'Calls cut off',
  saved: 'Saved',
  lost: 'Lost',
  reached: 'Reached the backup pool',
  undetermined: 'With an end that nobody knows',
  nobody: 'Waited for nobody',
  perhaps: (calls: number) => `perhaps ${calls} more`,
  refused: 'Would be refused',
  none: 'nothing',
  copies: (seen: number, changed: number) =>
    `${counted(seen, 'span', 'spans')} in which a copy is shown otherwise, ${counted(changed, 'span', 'spans')} in which one is changed otherwise`,
  shownBy: 'Shown by other tools than on record',
  changedWith: 'Changed with other tools than on record',
  copy: 'Copy',
  span: 'From, to',
  until: 'to',
  otherwise: 'Otherwise',
  notThere: 'not there',
  moreCopies: (count: number) => `and ${count.toLocaleString()} more; poolkeeper what-if --json has them`,
  full: (most: number) => `${most} alternatives fit beside each other: take some away first.`,
  moved: (minutes: number, summary: string) =>
    minutes < 0 ? `${-minutes} min earlier: ${summary}` : `${minutes} min later: ${summary}`,
  dropped: (summary: string) => `Without: ${summary}`,
  lanes: 'Stages of each history',
} as const;
