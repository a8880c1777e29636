/** Faults of the pool's own objects, whatever the partner holds. */
import type { JsonValue } from '../../events/envelope.js';
import type { ExportedFile } from '../../events/export-file.js';
import { applicationSettingsKind } from '../../events/vocabulary.js';
import type { Copy } from '../../facts/pair.js';
import { printedExport } from '../../facts/exports.js';
import { editCmdlets, getCmdlet } from '../../policy/cmdlets.js';
import { practicalMaximumOfAgentAlertTime } from '../../policy/object-properties/agent-group.js';
import { audioFilesIn } from '../../policy/object-properties/audio.js';
import { referencesIn } from '../../policy/object-properties/references.js';
import { few } from '../../policy/texts/few.js';
import { changing } from './changing.js';
import { counted, finding, found, whereAny, type Finding } from './finding.js';
import { identityOf } from '../../facts/identity.js';
import type { ReadinessContext } from './readiness-context.js';

const listed = (value: JsonValue | undefined): readonly JsonValue[] => (isList(value) ? value : []);
const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

export function danglingReferences({ own, pair, pool }: ReadinessContext): readonly Finding[] {
  const there = new Set(
    [...pair.copies.values()].filter(({ parent }) => parent === pool.fqdn).map(identityOf),
  );
  const missingIn = (copy: Copy) =>
    referencesIn(copy.kind, copy.properties).filter((reference) => !there.has(identityOf(reference)));
  const dangling = own.filter((copy) => missingIn(copy).length > 0);
  return whereAny(dangling, (objects) =>
    finding('dangling-reference', {
      detail: `${few(dangling, {
        word: (copy) =>
          `${copy.kind} "${copy.name}" refers to ${few(missingIn(copy), { word: ({ kind, id }) => `${kind} ${id}` })}`,
        separator: '; ',
      })}: not on ${pool.fqdn}.`,
      objects,
      action: 'Create what is missing, or refer to something else.',
      powershell: dangling.map(getCmdlet),
    }),
  );
}

export function queuesWithoutAgents({ pair, own }: ReadinessContext): readonly Finding[] {
  const groups = new Map(own.filter(({ kind }) => kind === 'agent-group').map((group) => [group.id, group]));
  const hasAgents = (id: JsonValue): boolean => {
    const group = typeof id === 'string' ? groups.get(id) : undefined;
    if (group === undefined) return false;
    const { agentsByUri, distributionGroupAddress } = group.properties;
    return listed(agentsByUri).length > 0 || typeof distributionGroupAddress === 'string';
  };
  const empty = own.filter(
    ({ kind, properties }) => kind === 'queue' && !listed(properties['agentGroupIdList']).some(hasAgents),
  );
  return whereAny(empty, (objects) =>
    finding('queue-without-agents', {
      detail: `${counted(objects.length, 'queue')} without an agent.`,
      objects,
      action: `Give ${objects.length === 1 ? 'it' : 'each of them'} an agent group with agents.`,
      powershell: changing(pair, empty, (queue) =>
        editCmdlets(
          queue,
          `$object.AgentGroupIDList.Add((${getCmdlet({ ...queue, kind: 'agent-group', name: '<agent group>' })}).Identity)`,
        ),
      ),
    }),
  );
}

export function anonymousWorkflows({ own }: ReadinessContext): readonly Finding[] {
  const anonymous = own.filter(
    ({ kind, properties }) => kind === 'workflow' && properties['anonymous'] === true,
  );
  return whereAny(anonymous, (objects) =>
    finding('anonymous-workflow', {
      detail: `${counted(objects.length, 'workflow')} with agents who are hidden from callers.`,
      objects,
      action: 'Nothing, if that is meant; regular calls go on where an agent has answered them.',
      powershell: anonymous.map(getCmdlet),
    }),
  );
}

export function managedInactive({ own }: ReadinessContext): readonly Finding[] {
  const inactive = own.filter(
    ({ kind, properties }) =>
      kind === 'workflow' && properties['managed'] === true && properties['active'] !== true,
  );
  return whereAny(inactive, (objects) =>
    finding('managed-inactive', {
      detail: `${counted(objects.length, 'managed workflow')} that ${objects.length === 1 ? 'is' : 'are'} inactive.`,
      objects,
      // Activated before it is meant to be, it would take calls.
      action: 'Before it is deployed again: activate it, deploy it, deactivate it.',
      powershell: inactive.map(getCmdlet),
    }),
  );
}

export function longAlertTimes({ pair, own }: ReadinessContext): readonly Finding[] {
  const long = own.filter(({ kind, properties }) => {
    const seconds = properties['agentAlertTime'];
    return (
      kind === 'agent-group' && typeof seconds === 'number' && seconds > practicalMaximumOfAgentAlertTime
    );
  });
  return whereAny(long, (objects) =>
    finding('agent-alert-time-too-long', {
      detail: `${counted(objects.length, 'agent group')} with an alert time above ${practicalMaximumOfAgentAlertTime} seconds.`,
      objects,
      action: `Set AgentAlertTime to ${practicalMaximumOfAgentAlertTime} at most.`,
      powershell: changing(pair, long, (group) =>
        editCmdlets(group, `$object.AgentAlertTime = ${practicalMaximumOfAgentAlertTime}`),
      ),
    }),
  );
}

type AudioInFile = ExportedFile['audio'][number];

export function audioFiles(context: ReadinessContext): readonly Finding[] {
  const { lastExport } = context;
  if (lastExport === null) return [];
  // An export that was only reported says nothing of its audio.
  const { file = null } = lastExport.data;
  return file === null
    ? audioNotKnown(context, printedExport(lastExport))
    : audioMissing(context, printedExport(lastExport), file.audio);
}

function audioMissing(
  { own }: ReadinessContext,
  fileName: string,
  audio: readonly AudioInFile[],
): readonly Finding[] {
  const missing = audio.filter(({ bytes }) => bytes === null);
  if (missing.length === 0) return [];
  const users = new Set(missing.flatMap(({ usedBy }) => usedBy.map(identityOf)));
  return [
    finding('audio-missing', {
      detail: `Not in ${fileName}: ${few([...new Set(missing.map(({ originalFileName }) => originalFileName))], { word: (name) => name })}.`,
      objects: own.filter((copy) => users.has(identityOf(copy))).map(found),
      action:
        'Import the originals again with Import-CsRgsAudioFile where they are used, and export the pool.',
    }),
  ];
}

function audioNotKnown({ own, pool }: ReadinessContext, fileName: string): readonly Finding[] {
  const withAudio = own.filter(({ kind, properties }) => audioFilesIn(kind, properties).length > 0);
  const ofThePool = audioFilesIn(applicationSettingsKind, pool.applicationSettings);
  const names = new Set([
    ...withAudio.flatMap(({ kind, properties }) => audioFilesIn(kind, properties)),
    ...ofThePool,
  ]);
  if (names.size === 0) return [];
  return [
    finding('audio-not-known', {
      detail: `Whether ${fileName} has these is not known: ${few([...names], { word: (name) => name })}.`,
      objects: withAudio.map(found),
      action: 'Keep copies of the originals apart from the export, and open the file to see what is in it.',
    }),
  ];
}
