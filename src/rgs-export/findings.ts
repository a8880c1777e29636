/** What the reader noticed in a file that it could read. */
import type { FileFinding, FindingSeverity } from '../../events/export-file.js';
import type { DecidedFinding } from '../../policy/readiness/file-findings.js';
import { limits } from '../../policy/limits.js';
import { cutTo } from '../../policy/texts/cut.js';
import { fingerprint } from '../../policy/texts/fingerprint.js';

/** What readiness makes of each has to be decided first. */
export const findingCodes = {
  'file-missing': 'information',
  'file-unknown': 'information',
  'object-without-identity': 'error',
  'object-twice': 'error',
  'object-without-name': 'error',
  'id-not-allowed': 'warning',
  'name-not-allowed': 'warning',
  'owner-unreadable': 'warning',
  'property-missing': 'error',
  'property-set-aside': 'warning',
  'property-odd': 'warning',
  'property-unknown': 'information',
  'reference-dangling': 'error',
  'person-without-address': 'information',
  'person-twice': 'warning',
  'people-left-out': 'warning',
  'element-unknown': 'warning',
  'audio-missing': 'warning',
  'audio-with-another-extension': 'information',
  'audio-unused': 'information',
  'findings-left-out': 'warning',
} as const satisfies Readonly<Partial<Record<DecidedFinding, FindingSeverity>>>;
export type FindingCode = keyof typeof findingCodes;

export interface ExportFinding extends FileFinding {
  readonly code: FindingCode;
}

/** Findings beyond this number are counted, not listed: they would be stored, and nobody reads so long a list. */
const most = 500;

/** In UTF-16 code units. A file names its own properties and entries, at any length. */
const longest = { detail: 500, entry: limits.fileName, property: 256 };

type About = Partial<Omit<ExportFinding, 'code' | 'severity' | 'detail'>>;

/** Remarks, and what concerns the record, are counted apart: many remarks hide no loss. */
interface LeftOut {
  count: number;
  fingerprint: string;
}

export class Findings {
  private readonly listed: ExportFinding[] = [];
  private readonly numbers = { remarks: 0, others: 0 };
  private readonly leftOut = new Map<'remarks' | 'others', LeftOut>();

  add(code: FindingCode, detail: string, about: About = {}): void {
    const of = findingCodes[code] === 'information' ? 'remarks' : 'others';
    this.numbers[of] += 1;
    if (this.numbers[of] > most) {
      const before = this.leftOut.get(of) ?? { count: 0, fingerprint: '' };
      const one = JSON.stringify([code, detail, about]);
      this.leftOut.set(of, {
        count: before.count + 1,
        fingerprint: fingerprint(before.fingerprint + one),
      });
      return;
    }
    const { entry = null, property = null } = about;
    this.listed.push(
      findingOf(code, findingCodes[code], cutTo(detail, longest.detail), {
        ...about,
        entry: entry === null ? null : cutTo(entry, longest.entry),
        property: property === null ? null : cutTo(property, longest.property),
      }),
    );
  }

  get all(): readonly ExportFinding[] {
    return [
      ...this.listed,
      ...[...this.leftOut].map(([of, { count, fingerprint: ofThem }]) =>
        findingOf(
          'findings-left-out',
          of === 'remarks' ? 'information' : 'warning',
          `${count} more${of === 'remarks' ? ' that are worth knowing' : ''} are not listed.`,
          { fingerprint: ofThem },
        ),
      ),
    ];
  }
}

function findingOf(
  code: FindingCode,
  severity: FindingSeverity,
  detail: string,
  { entry = null, line = null, kind = null, id = null, property = null, fingerprint: made }: About,
): ExportFinding {
  const about = { entry, line, kind, id, property };
  return { code, severity, detail, ...about, ...(made === undefined ? {} : { fingerprint: made }) };
}
