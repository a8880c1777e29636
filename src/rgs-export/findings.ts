/** What the reader noticed in a file that it could read. */
import type { FileFinding, FindingSeverity } from '../../events/export-file.js';
import type { DecidedFinding } from '../../policy/readiness/file-findings.js';
import { limits } from '../../policy/limits.js';
import { cutTo } from '../../policy/texts/cut.js';

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

export class Findings {
  private readonly listed: ExportFinding[] = [];
  private leftOut = 0;

  add(
    code: FindingCode,
    detail: string,
    about: Partial<Omit<ExportFinding, 'code' | 'severity' | 'detail'>> = {},
  ): void {
    if (this.listed.length >= most) {
      this.leftOut += 1;
      return;
    }
    const { entry = null, line = null, kind = null, id = null, property = null } = about;
    this.listed.push({
      code,
      severity: findingCodes[code],
      detail: cutTo(detail, longest.detail),
      entry: entry === null ? null : cutTo(entry, longest.entry),
      line,
      kind,
      id,
      property: property === null ? null : cutTo(property, longest.property),
    });
  }

  get all(): readonly ExportFinding[] {
    if (this.leftOut === 0) return this.listed;
    const code = 'findings-left-out';
    return [
      ...this.listed,
      {
        code,
        severity: findingCodes[code],
        detail: `${this.leftOut} more are not listed.`,
        entry: null,
        line: null,
        kind: null,
        id: null,
        property: null,
      },
    ];
  }
}
