import { createHash } from 'node:crypto';
import type { AudioUse, ExportedAudio } from '../../events/export-file.js';
import { extensionOf, stemOf, type NamedAudio } from './audio.js';
import type { Findings } from './findings.js';

/** A file in the zip; `matched` once an object's name has led to it. */
interface AudioEntry {
  readonly entry: string;
  readonly bytes: number;
  readonly sha256: string;
  matched: boolean;
}

/** The files of one name without its extension, in whatever folder. */
interface SameStem {
  readonly first: AudioEntry;
  /** The first with each extension. */
  readonly byExtension: Map<string, AudioEntry>;
}

/** Matches the audio files that objects name with those that are in the zip. */
export class AudioIndex {
  private readonly entries = new Map<string, AudioEntry>();
  private readonly named = new Map<string, { readonly audio: NamedAudio; readonly uses: AudioUse[] }>();

  /** Adds a file of the zip: its size and digest, not its bytes. */
  async addEntry(entry: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const digest = createHash('sha256');
    let bytes = 0;
    for await (const chunk of content) {
      digest.update(chunk);
      bytes += chunk.length;
    }
    this.entries.set(entry.toLowerCase(), { entry, bytes, sha256: digest.digest('hex'), matched: false });
  }

  addUse(audio: NamedAudio, use: AudioUse): void {
    const key = `${audio.uniqueName ?? ''}|${audio.originalFileName}`.toLowerCase();
    const known = this.named.get(key);
    if (known === undefined) this.named.set(key, { audio, uses: [use] });
    else known.uses.push(use);
  }

  /** Every file that is named or in the zip. Those that are only one of the two go to `findings`. */
  list(findings: Findings): readonly ExportedAudio[] {
    const byStem = this.filesByStem();
    const named = [...this.named.values()].map(({ audio, uses }) =>
      this.resolve(audio, uses, byStem, findings),
    );
    const unused = [...this.entries.values()].filter(({ matched }) => !matched);
    for (const { entry } of unused) findings.add('audio-unused', 'No object names this file.', { entry });
    return [
      ...named,
      ...unused.map(({ entry, bytes, sha256 }) => ({
        uniqueName: (entry.split('/').at(-1) ?? entry).replace(/\.[^.]*$/, ''),
        originalFileName: entry.split('/').at(-1) ?? entry,
        bytes,
        sha256,
        usedBy: [],
      })),
    ];
  }

  private filesByStem(): ReadonlyMap<string, SameStem> {
    const byStem = new Map<string, SameStem>();
    for (const file of this.entries.values()) {
      const stem = stemOf(file.entry);
      const same = byStem.get(stem) ?? { first: file, byExtension: new Map<string, AudioEntry>() };
      const extension = extensionOf(file.entry);
      if (!same.byExtension.has(extension)) same.byExtension.set(extension, file);
      byStem.set(stem, same);
    }
    return byStem;
  }

  private resolve(
    audio: NamedAudio,
    uses: readonly AudioUse[],
    byStem: ReadonlyMap<string, SameStem>,
    findings: Findings,
  ): ExportedAudio {
    const { uniqueName, originalFileName } = audio;
    const [use] = uses;
    const candidates = byStem.get(stemOf(uniqueName ?? originalFileName));
    const extension = extensionOf(originalFileName);
    const file = candidates?.byExtension.get(extension) ?? candidates?.first;
    if (file === undefined) {
      findings.add(
        'audio-missing',
        `"${originalFileName}" is not in the zip; callers hear the text instead, if any.`,
        use,
      );
      return { uniqueName, originalFileName, bytes: null, sha256: null, usedBy: uses };
    }
    file.matched = true;
    if (extensionOf(file.entry) !== extension) {
      findings.add('audio-with-another-extension', `"${originalFileName}" is in the zip as ${file.entry}.`, {
        entry: file.entry,
        ...use,
      });
    }
    return { uniqueName, originalFileName, bytes: file.bytes, sha256: file.sha256, usedBy: uses };
  }
}
