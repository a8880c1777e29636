/** The groups of operations, in the order in which they are shown, each with a sentence. */
export const tags = {
  'Commands: pairs and readings': 'Which pools back each other up, and how the document is read for them.',
  'Commands: configuration objects':
    'Workflows, queues, agent groups, business hours, holidays and application settings.',
  'Commands: export and import': 'What Export-CsRgsConfiguration and Import-CsRgsConfiguration did.',
  'Commands: outage, failover and failback': 'The way of a pool through an incident, from stage to stage.',
  'Commands: agents': 'Agents, and the formal agent groups that they sign in to.',
  'Commands: calls': 'What happens to calls, as it is reported; what a stage does to them follows by itself.',
  'Commands: corrections':
    'What was recorded by mistake, or with a wrong time: it stays in the log, and nothing goes by it.',
  'Views of a pool':
    'What follows from the events for a pool in the role of the primary: now, live, or at any moment of the past.',
  Incidents: 'What each incident cost, how long its phases took, and how it measures against its targets.',
  Calls: 'One call with its history.',
  Agents: 'What an agent sees.',
  Search: 'Things of every kind by what people call them, and single events.',
  Policy: 'The document as data: what every `because` points into.',
  Exports: 'Files of Export-CsRgsConfiguration, and what they hold.',
  Log: 'The log itself: its verification and its backups.',
  Seals: 'Signed statements of what is in the log, and their proofs: see docs/seals.md.',
  Projections: 'How the views are folded from the log, and the events that they could not fold.',
  Access: 'Who asks, and what they may do.',
  Health: 'Whether the service can answer, and what it measures.',
} as const;

export type Tag = keyof typeof tags;
