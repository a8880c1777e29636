/**
 * What readiness makes of each thing that was noticed in the file of an export. Whoever notices something new has to decide
 * it here first: the lists of codes are checked against this one by the compiler.
 *
 * `not-on-record`: the file has it, and the record has it not, or not as it is. `values-not-allowed`: it is on record as the
 * file has it, and no cmdlet would have taken it. `file-remarks`: worth knowing, nothing is lost by it.
 */
import type { FileFinding } from '../../events/export-file.js';

export type TellingOfFile = 'not-on-record' | 'values-not-allowed' | 'file-remarks';

/** Whatever a finding of readiness says already, by looking at the record. */
type ToldElsewhere = 'dangling-reference' | 'audio-missing' | 'agents-not-in-file';

interface Decision {
  readonly tellsAs: TellingOfFile | ToldElsewhere | ((finding: FileFinding) => TellingOfFile);
  readonly reason: string;
}
const decided = (tellsAs: Decision['tellsAs'], reason: string): Decision => ({ tellsAs, reason });

const decisions = {
  'file-missing': decided(
    ({ kind }) => (kind === null ? 'file-remarks' : 'not-on-record'),
    'Of a missing kind an import brings nothing. Without the lists of agents and managers nothing is lost, only not checked.',
  ),
  'file-unknown': decided(
    ({ entry }) => (/\.xml$/i.test(entry ?? '') ? 'not-on-record' : 'file-remarks'),
    'XML that nobody has described may be configuration; anything else is no part of an export.',
  ),
  'object-without-identity': decided('not-on-record', 'The object was left out.'),
  'object-twice': decided('not-on-record', 'The second of the two was left out.'),
  'object-without-name': decided('values-not-allowed', 'No cmdlet makes an object without a name.'),
  'id-not-allowed': decided('values-not-allowed', 'No new object can have such an id.'),
  'name-not-allowed': decided('values-not-allowed', 'No cmdlet takes the name.'),
  'owner-unreadable': decided('not-on-record', 'The record has another owner than the file, or a guess.'),
  'owner-elsewhere': decided(
    'not-on-record',
    'The object was left out, for neither pool of the pair owns it.',
  ),
  'property-missing': decided('values-not-allowed', 'The cmdlets ask for it.'),
  'property-set-aside': decided('not-on-record', 'The record has no value in its place.'),
  'property-odd': decided(
    'values-not-allowed',
    'It is kept as the file has it, and no cmdlet would have set it.',
  ),
  'property-unknown': decided('file-remarks', 'It is kept, and takes part in comparisons.'),
  'reference-dangling': decided('dangling-reference', 'The references on record are looked at one by one.'),
  'agent-not-listed': decided('agents-not-in-file', 'The groups on record are looked at one by one.'),
  'person-without-address': decided('file-remarks', 'Groups and workflows name their people by address.'),
  'person-twice': decided('not-on-record', 'The second of the two says something else, and was left out.'),
  'people-left-out': decided('not-on-record', 'The lists are kept up to a limit.'),
  'element-unknown': decided('not-on-record', 'Nobody knows what it holds.'),
  'audio-missing': decided('audio-missing', 'The audio of the last export is looked at by itself.'),
  'audio-with-another-extension': decided('file-remarks', 'The file was found all the same.'),
  'audio-unused': decided('file-remarks', 'Nothing plays it.'),
  'findings-left-out': decided(
    ({ severity }) => (severity === 'information' ? 'file-remarks' : 'not-on-record'),
    'Nobody knows what the others were; of remarks no more than that is known.',
  ),
} as const satisfies Readonly<Record<string, Decision>>;

/** The codes on which a decision was made. */
export type DecidedFinding = keyof typeof decisions;

const byCode = new Map<string, Decision>(Object.entries(decisions));

/** Null where a finding of its own says it. A code that is not known, of another version, is worth what its severity says. */
export function tellingOf(finding: FileFinding): TellingOfFile | null {
  const decision = byCode.get(finding.code);
  if (decision === undefined) return finding.severity === 'information' ? 'file-remarks' : 'not-on-record';
  const { tellsAs } = decision;
  const telling = typeof tellsAs === 'function' ? tellsAs(finding) : tellsAs;
  const elsewhere =
    telling === 'dangling-reference' || telling === 'audio-missing' || telling === 'agents-not-in-file';
  return elsewhere ? null : telling;
}

export const fileFindingDecisions: Readonly<Record<string, Decision>> = decisions;
