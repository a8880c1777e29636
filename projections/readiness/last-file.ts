/** What was read from the last file of a pool, and is not on record, would not be taken by the cmdlets, or does not bear out its groups. */
import type { FileFinding } from '../../events/export-file.js';
import type { AgentFacts } from '../../facts/agent.js';
import type { ExportEvent } from '../../facts/event-ref.js';
import { printedExport } from '../../facts/exports.js';
import { fileKnownAt } from '../../facts/file-time.js';
import type { Copy } from '../../facts/pair.js';
import { limits } from '../../policy/limits.js';
import { getCmdlet } from '../../policy/cmdlets.js';
import { tellingOf, type TellingOfFile } from '../../policy/readiness/file-findings.js';
import { isDown } from '../../policy/stages.js';
import { cutTo } from '../../policy/texts/cut.js';
import { few } from '../../policy/texts/few.js';
import { agentKey } from '../agent-console/fold.js';
import { agentsListedIn, lookingUp } from './agents.js';
import { counted, finding, found, whereAny, type Finding } from './finding.js';
import { isOfAllItOwns, ownExportsOf, type ReadinessContext } from './readiness-context.js';

interface Noticed {
  readonly file: ExportEvent;
  readonly finding: FileFinding;
}

/** A later file settles what an earlier one says: the last that was read of the pool, and of what its partner has of it. */
function filesOf({ pair, pool, partner }: ReadinessContext): readonly ExportEvent[] {
  const isRead = ({ data }: ExportEvent): boolean => (data.file ?? null) !== null;
  const own = ownExportsOf(pair, pool.fqdn).filter(isRead).findLast(isOfAllItOwns);
  const homeward = ownExportsOf(pair, partner.fqdn)
    .filter(isRead)
    .findLast(({ data }) => data.owner === pool.fqdn);
  return [own, homeward].filter((file) => file !== undefined);
}

/** The reader keeps this many at the most: a longer list says nothing of whom it has not. */
const mostAgentsKept = limits.list;

/**
 * Agents whom groups list and the file's own list of agents does not have. What that list holds is not documented: an empty
 * one says nothing, and nobody is removed for it before the directory was asked.
 */
export function agentsNotInFile(context: ReadinessContext): readonly Finding[] {
  const { own, pool, agents } = context;
  const file = filesOf(context).find(({ data }) => data.pool === pool.fqdn);
  const listed = file?.data.file?.agents ?? [];
  if (file === undefined || listed.length === 0 || listed.length >= mostAgentsKept) return [];
  const known = new Set(listed.map(agentKey));
  const asOf = fileKnownAt(file);
  const strangersIn = (group: Copy): readonly string[] =>
    agentsListedIn(group).filter(
      (uri) => !known.has(agentKey(uri)) && !isAgentSince(agents.get(agentKey(uri)), asOf),
    );
  const groups = own.filter((copy) => copy.kind === 'agent-group' && strangersIn(copy).length > 0);
  const strangers = [...new Map(groups.flatMap(strangersIn).map((uri) => [agentKey(uri), uri])).values()];
  return whereAny(groups, (objects) =>
    finding('agents-not-in-file', {
      detail: `${counted(strangers.length, 'agent')} of ${counted(groups.length, 'group')} not in the list of agents of ${printedExport(file)}: ${few(strangers, { word: (uri) => uri })}.`,
      objects,
      action:
        'See whether they still exist and have Enterprise Voice; take those who do not out of their groups.',
      powershell: lookingUp(strangers),
    }),
  );
}

/** A list of users after the file has them, enabled and with Enterprise Voice: the directory was asked. */
function isAgentSince(agent: AgentFacts | undefined, fileAsOf: string): boolean {
  const onList = agent?.onList;
  if (onList?.listed !== true || onList.enabled !== true || onList.enterpriseVoice !== true) return false;
  const { listed, enabled = '', enterpriseVoice = '' } = onList.asOf;
  return [listed, enabled, enterpriseVoice].every((time) => time > fileAsOf);
}

export function fileFindings(context: ReadinessContext): readonly Finding[] {
  const noticed = filesOf(context).flatMap((file): readonly Noticed[] =>
    (file.data.file?.findings ?? []).map((one) => ({ file, finding: one })),
  );
  return Object.entries(words).flatMap(([id, wording]) => {
    const told = noticed.filter((one) => tellingOf(one.finding) === id);
    return told.length === 0 ? [] : [described(context, id as TellingOfFile, wording, told)];
  });
}

interface Wording {
  readonly detail: (count: string, files: string) => string;
  readonly action: (pool: string) => string;
}

const words: Readonly<Record<TellingOfFile, Wording>> = {
  'not-on-record': {
    detail: (count, files) => `${count} of ${files} not on record, or not as the file has it`,
    action: (pool) =>
      `Correct it on ${pool} and export that again, or keep the file: it has what the record has not.`,
  },
  'values-not-allowed': {
    detail: (count, files) => `${count} of ${files} that no cmdlet would have set`,
    action: (pool) => `Look at each on ${pool}, correct what is wrong, and export it again.`,
  },
  'file-remarks': {
    detail: (count, files) => `${count} of ${files} worth knowing`,
    action: () => 'Nothing, if that is meant.',
  },
};

/** How many are told one by one; all of them stand with the export. */
const most = { told: 12, length: 240 };

function described(
  context: ReadinessContext,
  id: TellingOfFile,
  { detail, action }: Wording,
  told: readonly Noticed[],
): Finding {
  const { pool, question } = context;
  const copies = concerned(context, told);
  const files = [...new Set(told.map(({ file }) => printedExport(file)))].join(' and ');
  const shown = told.slice(0, most.told).map((one) => cutTo(sentenceOf(context, one), most.length));
  const rest = told.length - shown.length;
  const shows = [...new Set(told.map(({ file }) => showing(file)))].join(' and ');
  return finding(id, {
    detail: [
      `${detail(counted(told.length, 'thing'), files)}:`,
      ...shown,
      ...(rest > 0 ? [`There ${rest === 1 ? 'is' : 'are'} ${rest} more.`] : []),
    ].join(' '),
    objects: copies.map(found),
    atStake: id === 'file-remarks' || question === 'what-is-to-come-home' ? 0 : thingsIn(told),
    action: `${action(pool.fqdn)} All of it: ${shows}.`,
    powershell: id === 'file-remarks' || isDown(pool.stage) ? [] : copies.map(getCmdlet),
  });
}

const showing = ({ data: { exportId, pool } }: ExportEvent): string =>
  `poolkeeper export show ${exportId} --pool ${pool}`;

const identity = ({ kind, id }: FileFinding): string | null =>
  kind === null || id === null ? null : `${kind}|${id}`;

const concerned = ({ own }: ReadinessContext, told: readonly Noticed[]): readonly Copy[] => {
  const named = new Set(told.map((one) => identity(one.finding)));
  return own.filter(({ kind, id }) => named.has(`${kind}|${id}`));
};

/** Several findings of one object are about one thing; what has no identity counts by itself. */
const thingsIn = (told: readonly Noticed[]): number => {
  const identities = told.map((one) => identity(one.finding));
  return (
    new Set(identities).size -
    (identities.includes(null) ? 1 : 0) +
    identities.filter((one) => one === null).length
  );
};

function sentenceOf({ own }: ReadinessContext, { finding: one }: Noticed): string {
  const { kind, id, property, entry, detail } = one;
  const name = own.find((copy) => copy.kind === kind && copy.id === id)?.name;
  const object = kind === null ? entry : name === undefined ? kind : `${kind} "${name}"`;
  const where = [object, property].filter((part) => part !== null).join(', ');
  return where === '' ? detail : `${where}: ${detail}`;
}
