/** What the reader noticed in a file that it could read. */
import type { FileFinding, FindingSeverity } from '../../events/export-file.js';

export const findingCodes = {
  'file-missing': 'information',
  'file-unknown': 'information',
  'object-without-identity': 'error',
  'object-twice': 'error',
  'object-without-name': 'error',
  'name-not-allowed': 'warning',
  'owner-unreadable': 'warning',
  'property-missing': 'error',
  'property-set-aside': 'warning',
  'property-odd': 'warning',
  'property-unknown': 'information',
  'reference-dangling': 'error',
  'audio-missing': 'warning',
  'audio-with-another-extension': 'information',
  'audio-unused': 'information',
  'findings-left-out': 'warning',
} as const satisfies Readonly<Record<string, FindingSeverity>>;
export type FindingCode = keyof typeof findingCodes;

export interface ExportFinding extends FileFinding {
  readonly code: FindingCode;
}

/** Findings beyond this number are counted, not listed: they would be stored, and nobody reads so long a list. */
const most = 500;

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
    this.listed.push({ code, severity: findingCodes[code], detail, entry, line, kind, id, property });
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
