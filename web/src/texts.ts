/** All texts of the page, in one place. */
import type { Stage } from '../../policy/stages.js';

export const texts = {
  title: 'Poolkeeper',
  skip: 'Skip to the content',
  navigation: 'Screens',
  fleet: 'Pools',
  readiness: 'Readiness',
  service: 'Service',
  documentation: 'API',
  live: 'Live',
  waiting: 'Reconnecting: what you see may be old',
  lostAt: (time: string) => `. Not live since ${time}.`,
  past: 'A moment of the past',
  now: 'Now',
  moment: 'Moment that is shown',
  position: 'position',
  momentHint:
    'A time such as 10:42, yesterday 10:42, -20m or 2026-11-17 10:42, a position in the log, the id of an event, or incident/last/outage',
  axes: { asOf: 'What was known at', at: 'What was true at' },
  show: 'Show',
  backToNow: 'Back to now',
  loading: 'Loading…',
  loadAgain: 'Load the page again',
  noPools: 'No pool is registered yet.',
  noPoolsNext: 'Register the first pair on the command line:',
  registerLine: 'poolkeeper register-pair pool-a.example.com pool-b.example.com',
  partner: 'Partner',
  since: 'Since',
  incident: 'Incident',
  noIncident: 'none',
  readinessOf: {
    'if-it-failed-now': 'If it failed now',
    'if-it-never-came-back': 'If it never came back',
    'what-is-to-come-home': 'Coming home',
  },
  lastExport: 'Last export',
  neverExported: 'never',
  openCalls: 'Open calls',
  calls: (count: number) => (count === 1 ? '1 call' : `${count} calls`),
  because: 'Because',
  inferred: 'The documents do not say it; it is inferred.',
  statement: 'Statement',
  away: 'The service cannot be reached.',
  awayNext: 'What you see was right at',
  forbidden: 'You may not do this.',
  unproved: 'The service does not know who you are.',
  unknown: 'There is no such thing.',
  storeAway: 'The event store cannot be reached. Nothing that was acknowledged is lost.',
  failed: 'The service could not answer.',
  retrying: 'It is asked again by itself.',
  nothingYet: 'Nothing was on record of it at this moment.',
  matrix: 'What happens in each stage',
  matrixHint: 'The column in force is raised. Numbers are what a cell decides right now.',
  inForce: 'in force',
  objects: 'Objects',
  agents: 'Agents',
  callsTab: 'Calls',
  overview: 'Tables',
  search: 'Search by name or id',
  kind: 'Kind',
  ownership: 'Whose',
  bySource: (title: string) => `By another document: ${title}.`,
  tool: 'Tool',
  all: 'all',
  name: 'Name',
  hostedBy: 'Hosted by',
  visible: 'Visible',
  editable: 'Editable',
  console: 'Console',
  found: (shown: number, all: number) => (shown === all ? `${all} objects` : `${shown} of ${all} objects`),
  withoutFilter: (label: string, value: string) => `Take away the filter ${label}: ${value}`,
  noneFound: 'Nothing passes these filters.',
  searchAgents: 'Search by address',
  agent: 'Agent',
  homePool: 'Home pool',
  groups: 'Groups',
  notRegistered: 'not registered',
  agentsFound: (count: number) => (count === 1 ? '1 agent' : `${count} agents`),
  status: 'Status',
  responseGroup: 'Response group',
  caller: 'Caller',
  call: 'Call',
  arrived: 'Arrived',
  nextPage: 'Later calls',
  callsShown: (count: number, isMore: boolean) => `${count} calls${isMore ? ', more on the next page' : ''}`,
  notFound: 'There is no such screen.',
} as const;

export const stageNames: Readonly<Record<Stage, string>> = {
  normal: 'Normal',
  outage: 'Outage',
  'failing-over': 'Failing over',
  'failed-over': 'Failed over',
  'failing-back': 'Failing back',
  'failed-back': 'Failed back',
};

export const toolNames = {
  controlPanel: 'Control Panel',
  configurationTool: 'Configuration Tool',
  managementShell: 'Shell',
} as const;

export const kindNames = {
  workflow: 'Workflow',
  queue: 'Queue',
  'agent-group': 'Agent group',
  'hours-of-business': 'Hours of business',
  'holiday-set': 'Holiday set',
} as const;

export const ownershipNames = { primary: 'own', backup: "partner's own", imported: 'imported' } as const;

/** Whose a copy is, and how it came there: a replica without an import. */
export const whoseText = ({ ownership, replica }: Whose): string =>
  replica === true ? 'replica' : ownershipNames[ownership];

interface Whose {
  readonly ownership: keyof typeof ownershipNames;
  readonly replica?: true;
}

export const rowNames = {
  'connected-calls': 'Connected calls',
  'in-progress-calls': 'Calls in progress',
  'new-calls': 'New calls',
  'on-behalf-calls': 'Calls on behalf',
  'agent-console': 'Agent console',
  configuration: 'Configuration',
} as const;

export const callStatusNames = {
  'in-progress': 'in progress',
  connected: 'connected',
  ended: 'ended',
  disconnected: 'cut off',
} as const;
