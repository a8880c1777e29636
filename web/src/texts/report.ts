/** Texts of the report of an incident. */
export const reportTexts = {
  title: (kind: 'real' | 'drill', pool: string) =>
    kind === 'drill' ? `Report of the drill of ${pool}` : `Report of the incident of ${pool}`,
  print: 'Print, or save as PDF',
  markdown: 'As Markdown',
  html: 'As HTML',
  back: 'The incident',
  comparison: 'Beside target, last drill and last incident',
  phase: 'Phase',
  took: 'Took',
  target: 'Target',
  met: 'Met',
  lastDrill: 'Last drill',
  lastReal: 'Last incident',
  points: { 'recovery-time': 'Recovery time', 'recovery-point': 'Recovery point' },
  yes: 'met',
  no: 'missed',
  causes: 'What cut calls off',
  calls: (count: number) => (count === 1 ? '1 call' : `${count.toLocaleString()} calls`),
  head: 'Where the log ended',
  headHint:
    'Whoever has a seal of the log can prove that this event, and all before it, are what was written then.',
  position: 'Position',
  event: 'Event',
  hash: 'Hash',
} as const;
