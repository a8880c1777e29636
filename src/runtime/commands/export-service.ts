import { hash } from 'node:crypto';
import { MalformedExportError } from '../../rgs-export/malformed-export-error.js';
import { readExport, type ReadExport } from '../../rgs-export/read-export.js';
import type { CommandContext } from './execution-context.js';
import type { CommandBus } from './command-bus.js';
import type { ExecutionResult } from './executor.js';
import { noSuchPool } from './command-handlers.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { KeyedLock } from '../../store/keyed-lock.js';
import { failed, isPassing, Ok, Repeated, unknown, type Failed } from '../result.js';
import { NotKeptError, type ExportFiles } from './export-files.js';

export interface GivenExport {
  readonly pool: string;
  readonly fileName: string;
  /** The owner that the export was restricted to, where it was. */
  readonly owner?: string;
  readonly zip: Uint8Array;
}

/** Takes the files of exports: reads them, keeps them, and has what they hold decided like any command. */
export class ExportService {
  private readonly lock = new KeyedLock();

  /** @param files null where the zips are not kept */
  constructor(
    private readonly commands: CommandBus,
    private readonly runner: ProjectionRunner,
    private readonly files: ExportFiles | null,
    /** Why no file can be kept now; null where it can. */
    private readonly whyNotNow: () => string | null,
  ) {}

  /** Before the first file: removes what a killed process left unfinished. */
  async begin(): Promise<void> {
    await this.files?.removeUnfinished();
  }

  async add(given: GivenExport, context: CommandContext): Promise<ExecutionResult> {
    const reason = this.whyNotNow();
    if (reason !== null) return failed({ kind: 'store-unavailable', reason });
    // Before a file is read for nothing.
    if (!this.runner.state.pairIdOfPool.has(given.pool)) await this.runner.catchUp();
    if (!this.runner.state.pairIdOfPool.has(given.pool)) {
      return unknown(noSuchPool('/fqdn', given.pool).errors);
    }
    try {
      // One at a time: what is being read is in memory.
      const content = await this.lock.run('reading', () => readExport(given.zip));
      const contentHash = hash('sha256', given.zip, 'hex');
      return await this.lock.run(contentHash, () => this.submit(given, contentHash, content, context));
    } catch (error) {
      if (error instanceof MalformedExportError) return malformed(error);
      if (error instanceof NotKeptError) return failed({ kind: 'store-unavailable', reason: error.message });
      throw error;
    }
  }

  /** The zip is there before the event that names it, and goes again where no event came of it. */
  private async submit(
    { pool, fileName, owner, zip }: GivenExport,
    contentHash: string,
    content: ReadExport,
    context: CommandContext,
  ): Promise<ExecutionResult> {
    const isNew = (await this.files?.keep(contentHash, zip)) ?? false;
    let stored = false;
    try {
      const result = await this.commands.submit(
        {
          name: 'add-export',
          body: {
            pool,
            fileName,
            ...(owner === undefined ? {} : { owner }),
            contentHash,
            bytes: zip.length,
            ...(context.occurredAt === null ? {} : { writtenAt: context.occurredAt }),
            content,
          },
        },
        context,
      );
      stored = mayBeStored(result);
      return result;
    } finally {
      if (isNew && !stored) await this.files?.discard(contentHash);
    }
  }
}

/** A store that was lost on the way may have stored the event all the same; a command that was turned away never ran. */
function mayBeStored(result: ExecutionResult): boolean {
  if (result instanceof Repeated) return result.wasAccepted;
  if (result instanceof Ok) return true;
  return isPassing(result.failure) && result.failure.kind !== 'overloaded';
}

const malformed = ({ message, location: { entry, line, column } }: MalformedExportError): Failed =>
  failed({ kind: 'malformed-export', detail: message, entry, line, column });
