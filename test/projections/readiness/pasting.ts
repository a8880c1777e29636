/** Takes the lines that readiness prints as PowerShell and the product would, and gives each to Poolkeeper as a command. */
import type { JsonObject } from '../../../events/envelope.js';
import type { ObjectKind } from '../../../events/vocabulary.js';
import type { Copy } from '../../../facts/pair.js';
import { pathOf } from '../../../policy/files.js';
import { sameName } from '../../../policy/names.js';
import type { World } from '../../support/world.js';
import { asCommand } from './following.js';

const tool = 'managementShell';
const kinds: Readonly<Record<string, ObjectKind>> = {
  CsRgsWorkflow: 'workflow',
  CsRgsQueue: 'queue',
  CsRgsAgentGroup: 'agent-group',
  CsRgsHoursOfBusiness: 'hours-of-business',
  CsRgsHolidaySet: 'holiday-set',
};

const unquoted = (text: string): string => text.replaceAll(/`(.)/g, '$1');
const texts = '"((?:`.|[^"`])*)"';

const switchOf = (line: string, name: string): string | null => {
  const [, value] = new RegExp(`-${name} ${texts}`).exec(line) ?? [];
  return value === undefined ? null : unquoted(value).replace('service:ApplicationServer:', '');
};

export interface Pasted {
  readonly line: string;
  readonly outcome: string;
}

/** Gives the lines of one finding to the world, one after another; lines that only show something do nothing. */
export function paste(world: World, lines: readonly string[]): readonly Pasted[] {
  let target: { readonly pool: string; readonly kind: ObjectKind; readonly id: string } | null = null;
  let change: JsonObject = {};
  const pasted: Pasted[] = [];
  const give = (line: string, name: string, body: JsonObject): void => {
    const decision = world.decide(asCommand(name, body), `file-${world.position}`);
    if (decision.outcome === 'accepted') world.happened(decision.events);
    pasted.push({ line, outcome: decision.outcome });
  };
  const fetched = (line: string) => {
    const [, noun = ''] = /Get-(CsRgs\w+)/.exec(line) ?? [];
    const kind = kinds[noun];
    const name = switchOf(line, 'Name');
    const pool = switchOf(line, 'Identity');
    if (kind === undefined || name === null || pool === null) return null;
    const found = [...(world.pair?.copies.values() ?? [])].find(
      (copy: Copy) => copy.parent === pool && copy.kind === kind && sameName(copy.name, name),
    );
    if (found === undefined) throw new Error(`Nothing is shown by: ${line}`);
    return { pool, kind, id: found.id };
  };
  for (const line of lines) {
    if (line.startsWith('Export-CsRgsConfiguration')) {
      const owner = switchOf(line, 'Owner');
      give(line, 'record-export', {
        pool: switchOf(line, 'Source'),
        fileName: switchOf(line, 'FileName'),
        ...(owner === null ? {} : { owner }),
        ...(line.includes('-RemoveExportedConfiguration') ? { removeExported: true } : {}),
      });
    } else if (line.startsWith('Import-CsRgsConfiguration')) {
      const fileName = switchOf(line, 'FileName');
      const file = [...(world.pair?.exports.values() ?? [])].findLast((one) => pathOf(one) === fileName);
      give(line, 'import-response-groups', {
        destination: switchOf(line, 'Destination'),
        exportId: file?.exportId ?? '',
        overwriteOwner: line.includes('-OverwriteOwner'),
        replaceExistingSettings: line.includes('-ReplaceExistingRgsSettings'),
        resolveNameConflicts: line.includes('-ResolveNameConflicts'),
      });
    } else if (line.startsWith('Set-CsRgsConfiguration')) {
      const [, grace] = /-AgentRingbackGracePeriod (\d+)/.exec(line) ?? [];
      const [, noContext] = /-DisableCallContext \$(\w+)/.exec(line) ?? [];
      give(line, 'modify-object', {
        pool: switchOf(line, 'Identity'),
        kind: 'application-settings',
        properties: { agentRingbackGracePeriod: Number(grace), disableCallContext: noContext === 'true' },
        tool,
      });
    } else if (line.startsWith('$object = ')) {
      target = fetched(line);
      change = {};
    } else if (line.startsWith('$object.Name = ')) {
      change = { name: unquoted(line.slice('$object.Name = "'.length, -1)) };
    } else if (line.startsWith('$object.PrimaryUri = ')) {
      change = { properties: { primaryUri: unquoted(line.slice('$object.PrimaryUri = "'.length, -1)) } };
    } else if (/^Set-CsRgs\w+ -Instance \$object$/.test(line) && target !== null) {
      // What a person has to fill in changes nothing here, and may still not be refused.
      give(line, 'modify-object', { ...target, properties: {}, ...change, tool });
    } else if (line.includes('| Remove-CsRgs')) {
      give(line, 'remove-object', { ...fetched(line), tool });
    }
  }
  return pasted;
}
