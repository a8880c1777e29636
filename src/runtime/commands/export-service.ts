import { tmpdir } from 'node:os';
import { MalformedExportError } from '../../rgs-export/malformed-export-error.js';
import { contentFor, readExport, type ReadFile } from '../../rgs-export/read-export.js';
import type { PreviewAnswer } from '../../contract/preview.js';
import type { CommandOf, FileCommands } from '../../domain/commands.js';
import { KeyedLock } from '../../store/keyed-lock.js';
import { pairOfPoolAt } from '../projections/state/directory.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { failed, isPassing, Ok, Repeated, unknown, type Failed, type Result } from '../result.js';
import type { CommandBus } from './command-bus.js';
import { noSuchPool } from './no-such-pool.js';
import type { CommandContext } from './execution-context.js';
import type { ExecutionResult } from './executor.js';
import type { ExportFiles } from './export-files.js';
import { ownTimesOf, type FileTime } from './written-at.js';
import { IncomingFiles, NotKeptError, type ByteSource, type ReceivedFile } from './incoming-files.js';

export interface GivenExport {
  readonly pool: string;
  readonly fileName: string;
  /** Where it was given with its folder. */
  readonly filePath?: string;
  /** The owner that the export was restricted to, where it was. */
  readonly owner?: string;
  /** The pool owns nothing any more. */
  readonly emptied?: boolean;
  /** What it holds counts as what the pool has now, whenever it was written. */
  readonly now?: boolean;
  /** Where whoever sends it says. */
  readonly fileTime?: FileTime;
  /** Not read where the file is not wanted. */
  readonly zip: ByteSource;
}

export interface ExportServiceOptions {
  /** Null where the zips are not kept. */
  readonly files: ExportFiles | null;
  /** Files that may be on their way at once; more are turned away. */
  readonly maxUploads: number;
  /** Why no file can be kept now; null where it can. */
  readonly whyNotNow: () => string | null;
  readonly clock: () => Date;
}

/** Takes the files of exports: receives and reads them, keeps them, and has what they hold decided like any command. */
export class ExportService {
  private readonly lock = new KeyedLock();
  private readonly incoming: IncomingFiles;
  private uploads = 0;

  constructor(
    private readonly commands: CommandBus,
    private readonly runner: ProjectionRunner,
    private readonly options: ExportServiceOptions,
  ) {
    this.incoming = options.files?.incoming ?? new IncomingFiles(tmpdir());
  }

  /** Before the first file: removes what a killed process left unfinished. */
  async begin(): Promise<void> {
    await this.options.files?.incoming.clear();
  }

  /** Runs while no export with this content is being added. */
  async alone(contentHash: string, work: () => Promise<void>): Promise<void> {
    await this.lock.run(contentHash, work);
  }

  /** @throws what the source of the bytes throws */
  async add(given: GivenExport, context: CommandContext): Promise<ExecutionResult> {
    return await this.take(given, (file, content) =>
      this.lock.run(file.contentHash, () => this.submit(given, file, content, context)),
    );
  }

  /** What adding it would do now. The file is received and read, and not kept. @throws as `add` does */
  async preview(given: GivenExport, context: CommandContext): Promise<Result<PreviewAnswer>> {
    return await this.take(given, (file, content) =>
      this.commands.preview(commandFor(given, file, content, context, this.options.clock), context),
    );
  }

  private async take<Value>(given: GivenExport, work: Work<Value>): Promise<Value | Failed> {
    const reason = this.options.whyNotNow();
    if (reason !== null) return failed({ kind: 'store-unavailable', reason });
    // Before a file is received for nothing.
    if (!this.isKnown(given.pool)) await this.runner.catchUp();
    if (!this.isKnown(given.pool)) {
      return unknown(noSuchPool(this.runner.state, '/fqdn', given.pool).errors);
    }
    const { maxUploads: allowed } = this.options;
    if (this.uploads >= allowed) return failed({ kind: 'too-many-uploads', allowed });
    this.uploads += 1;
    try {
      return await this.receive(given, work);
    } catch (error) {
      if (error instanceof MalformedExportError) return malformed(error);
      if (error instanceof NotKeptError) return failed({ kind: 'store-unavailable', reason: error.message });
      throw error;
    } finally {
      this.uploads -= 1;
    }
  }

  /** Also of a pool that was replaced: the refusal names the pool in its place. */
  private isKnown(pool: string): boolean {
    return pairOfPoolAt(this.runner.state.directory.state, pool, null) !== undefined;
  }

  private async receive<Value>(given: GivenExport, work: Work<Value>): Promise<Value> {
    const file = await this.incoming.receive(given.zip);
    try {
      // One at a time: what is being read is in memory.
      const content = await this.lock.run('reading', () => readExport(file.path));
      return await work(file, content);
    } finally {
      await this.incoming.discard(file.path);
    }
  }

  /** The zip is there before the event that names it, and goes again where no event came of it. */
  private async submit(
    given: GivenExport,
    file: ReceivedFile,
    content: ReadFile,
    context: CommandContext,
  ): Promise<ExecutionResult> {
    const { contentHash } = file;
    const { files } = this.options;
    const isNew = (await files?.keep(file)) ?? false;
    let stored = false;
    try {
      const result = await this.commands.submit(
        commandFor(given, file, content, context, this.options.clock),
        context,
      );
      stored = mayBeStored(result);
      return result;
    } finally {
      if (isNew && !stored) await files?.discard(contentHash);
    }
  }
}

/** What is done with a file that was received and read. */
type Work<Value> = (file: ReceivedFile, content: ReadFile) => Promise<Value>;

const commandFor = (
  { pool, fileName, filePath, owner, emptied = false, now = false, fileTime }: GivenExport,
  { contentHash, bytes }: ReceivedFile,
  content: ReadFile,
  { occurredAt }: CommandContext,
  clock: () => Date,
): CommandOf<FileCommands> => ({
  name: 'add-export',
  body: {
    pool,
    fileName,
    ...(filePath === undefined ? {} : { filePath }),
    ...(owner === undefined ? {} : { owner }),
    ...(emptied ? { emptied } : {}),
    contentHash,
    bytes,
    ...(now ? { now } : {}),
    ...(occurredAt === null
      ? { itsOwnTimes: ownTimesOf(content.entryDates, fileTime ?? null, clock()) }
      : { writtenAt: occurredAt }),
    content: contentFor(content),
  },
});

/** A store that was lost on the way may have stored the event all the same; a command that was turned away never ran. */
function mayBeStored(result: ExecutionResult): boolean {
  if (result instanceof Repeated) return result.wasAccepted;
  if (result instanceof Ok) return true;
  return isPassing(result.failure) && result.failure.kind !== 'overloaded';
}

const malformed = ({ message, location: { entry, line, column } }: MalformedExportError): Failed =>
  failed({ kind: 'malformed-export', detail: message, entry, line, column });
