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
      detail: dangling
        .map(
          (copy) =>
            `${copy.kind} ${copy.id} refers to ${missingIn(copy)
              .map(({ kind, id }) => `${kind} ${id}`)
              .join(', ')}`,
        )
        .join('; '),
      objects,
      action: 'Create what is missing, or refer to something else.',
      powershell: dangling.flatMap((copy) =>
        editCmdlets(copy, '# let it refer to what there is, or create what is missing first'),
      ),
    }),
  );
}

export function queuesWithoutAgents({ own }: ReadinessContext): readonly Finding[] {
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
      action: 'Give the queue an agent group with agents.',
      powershell: empty.flatMap((queue) =>
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
      detail: `${counted(objects.length, 'workflow')} that hide their agents.`,
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
      detail: `${counted(objects.length, 'managed workflow')} inactive.`,
      objects,
      action: 'Before it is deployed anew: activate it, deploy it, deactivate it.',
      powershell: inactive.flatMap((workflow) => editCmdlets(workflow, '$object.Active = $true')),
    }),
  );
}

export function longAlertTimes({ own }: ReadinessContext): readonly Finding[] {
  const long = own.filter(({ kind, properties }) => {
    const seconds = properties['agentAlertTime'];
    return (
      kind === 'agent-group' && typeof seconds === 'number' && seconds > practicalMaximumOfAgentAlertTime
    );
  });
  return whereAny(long, (objects) =>
    finding('agent-alert-time-too-long', {
      detail: `${counted(objects.length, 'agent group')} above ${practicalMaximumOfAgentAlertTime} seconds.`,
      objects,
      action: `Set AgentAlertTime to ${practicalMaximumOfAgentAlertTime} at most.`,
      powershell: long.flatMap((group) =>
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
      detail: `Not in ${fileName}: ${[...new Set(missing.map(({ originalFileName }) => originalFileName))].join(', ')}.`,
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
      detail: `Whether ${fileName} has these is not known: ${[...names].join(', ')}.`,
      objects: withAudio.map(found),
      action: 'Keep copies of the originals apart from the export, and open the file to see what is in it.',
    }),
  ];
}
