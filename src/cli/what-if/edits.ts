/** The edits that flags ask for. What is on record of the incident is looked up in the audit trail. */
import { InvalidArgumentError } from 'commander';
import type { AnswerOf } from '../../contract/answers.js';
import { exitCodes, CliError } from '../exit-codes.js';
import { readTime, readTimeNear } from '../times/flags.js';
import { named, type Added } from './added.js';

export interface Asked {
  readonly move?: readonly Moved[];
  readonly drop?: readonly string[];
  readonly add?: readonly Added[];
  readonly reading?: Readonly<Record<string, string>>;
  readonly preStaged?: boolean;
  readonly noImport?: boolean;
  /** Milliseconds after the outage. */
  readonly importAfter?: number;
  readonly failoverAfter?: number;
  /** RFC 3339: of a failure that never happened. */
  readonly outageAt?: string;
}

export interface Moved {
  readonly event: string;
  /** As it was given: without a day it is of the day on which the event happened. */
  readonly to: string;
}

/** A recorded step of the incident. */
export type Recorded = Pick<
  AnswerOf<'audit-trail'>['entries'][number],
  'id' | 'type' | 'occurredAt' | 'pool'
>;

/** Of which pools an incident is told. */
export interface Pools {
  readonly fqdn: string;
  readonly partner: string;
}

/** The words that stand for the first event of a type, beside its type itself. */
const words: Readonly<Record<string, string>> = {
  outage: 'OutageDeclared',
  export: 'ResponseGroupsExported',
  import: 'ResponseGroupsImported',
  failover: 'FailoverInitiated',
  'failed-over': 'FailoverCompleted',
  failback: 'FailbackInitiated',
  'failed-back': 'FailbackCompleted',
};

export const eventHelp = `its id, or ${Object.keys(words).join(', ')}: the first one of the span`;

/** `12m`, `90s`, `1h30m`: in milliseconds. @throws InvalidArgumentError */
export function readLength(text: string): number {
  const parts = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/.exec(text);
  const [, hours = '0', minutes = '0', seconds = '0'] = parts ?? [];
  if (parts === null || text === '')
    throw new InvalidArgumentError('It is a length of time, such as 12m or 1h30m.');
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}

/** `<event>=<time>`, once for each. @throws InvalidArgumentError where it names no time */
export function readMove(text: string, before: readonly Moved[] = []): readonly Moved[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is written <event>=<time>.');
  const to = text.slice(at + 1);
  readTime(to);
  return [...before, { event: text.slice(0, at), to }];
}

export const readDrop = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

/** @throws CliError where something is named that is not on record */
export function editsFor(asked: Asked, pools: Pools, recorded: readonly Recorded[]): readonly object[] {
  const { move = [], drop = [], add: added = [], reading = {} } = asked;
  const idOf = (event: string): string => {
    const type = words[event] ?? event;
    if (!/^[A-Z][A-Za-z]+$/.test(type)) return event;
    return firstOf(type, pools, recorded, `--move or --drop ${event} is about the first one of it`).id;
  };
  /** Of what is not among the steps, the day is that of a failure that never happened, or of the first step. */
  const timeOf = (id: string | null, to: string): string => {
    const near =
      recorded.find((one) => one.id === id)?.occurredAt ?? asked.outageAt ?? recorded[0]?.occurredAt;
    return near === undefined ? readTime(to) : readTimeNear(to, near);
  };
  return [
    ...move.map(({ event, to }) => ({ move: { event: idOf(event), to: timeOf(idOf(event), to) } })),
    ...drop.map((event) => ({ drop: { event: idOf(event) } })),
    ...added.map((one) => add(one.command, named(one, move.length + drop.length), timeOf(null, one.at))),
    ...(asked.outageAt === undefined
      ? ofIncident(asked, pools, recorded)
      : ofFailure(asked, asked.outageAt, pools)),
    ...Object.entries(reading).map(([id, choice]) => ({ reading: { reading: id, choice } })),
  ];
}

/** The incident that is on record, otherwise. */
function ofIncident(asked: Asked, pools: Pools, recorded: readonly Recorded[]): readonly object[] {
  const { preStaged = false, noImport = false, importAfter, failoverAfter } = asked;
  if (!preStaged && !noImport && importAfter === undefined && failoverAfter === undefined) return [];
  const outage = firstOf(
    'OutageDeclared',
    pools,
    recorded,
    '--pre-staged, --import-after, --no-import and --failover-after go by it, and --outage-at lays one over the span',
  );
  const importing = (): string =>
    firstOf(
      'ResponseGroupsImported',
      pools,
      recorded,
      '--pre-staged, --import-after and --no-import are about it, and a pair that replicates imports nothing',
    ).id;
  const edits: object[] = [];
  if (preStaged) edits.push({ move: { event: importing(), to: after(outage.occurredAt, -SECOND) } });
  if (noImport) edits.push({ drop: { event: importing() } });
  if (importAfter !== undefined)
    edits.push({ move: { event: importing(), to: after(outage.occurredAt, importAfter) } });
  if (failoverAfter !== undefined) {
    const steps = ['FailoverInitiated', 'FailoverFailed', 'FailoverCompleted'];
    const own = recorded.filter(({ type, pool }) => steps.includes(type) && pool === pools.fqdn);
    edits.push(
      ...own.map(({ id }) => ({ drop: { event: id } })),
      ...failover(pools, outage.occurredAt, failoverAfter),
    );
  }
  return edits;
}

/** A failure that never happened: outage, failover and import as they are wished. */
function ofFailure(asked: Asked, outageAt: string, { fqdn, partner }: Pools): readonly object[] {
  const { preStaged = false, importAfter, failoverAfter } = asked;
  const importAt = preStaged ? -SECOND : importAfter;
  const nightly = add('record-export', { pool: fqdn, fileName: 'what-if.zip' }, after(outageAt, -2 * SECOND));
  return [
    ...(importAt === undefined ? [] : [nightly]),
    ...(importAt === undefined
      ? []
      : [
          add(
            'import-response-groups',
            { destination: partner, exportId: `edit-${countBefore(asked)}` },
            after(outageAt, importAt),
          ),
        ]),
    add('declare-outage', { pool: fqdn }, outageAt),
    ...(failoverAfter === undefined ? [] : failover({ fqdn, partner }, outageAt, failoverAfter)),
  ];
}

/** How many edits come before those of a failure: what one creates is named by its number. */
const countBefore = ({ move = [], drop = [], add: added = [] }: Asked): number =>
  move.length + drop.length + added.length;

const SECOND = 1_000;

/** Invoked right after the outage. */
const failover = ({ fqdn }: Pools, outageAt: string, length: number): readonly object[] => [
  add('initiate-failover', { pool: fqdn }, after(outageAt, Math.min(SECOND, length))),
  add('complete-failover', { pool: fqdn }, after(outageAt, length)),
];

const add = (command: string, body: object, at: string): object => ({ add: { command, body, at } });

const after = (time: string, milliseconds: number): string =>
  new Date(Date.parse(time) + milliseconds).toISOString();

/** Imports are recorded of the pool that takes them. */
function firstOf(
  type: string,
  { fqdn, partner }: Pools,
  recorded: readonly Recorded[],
  why: string,
): Recorded {
  const pool = type === 'ResponseGroupsImported' ? partner : fqdn;
  const found = recorded.find((event) => event.type === type && event.pool === pool);
  if (found !== undefined) return found;
  throw new CliError(
    `There is no ${type} of ${pool} in the span: ${why}. Choose another span with --from and --to.`,
    exitCodes.usage,
  );
}
