import type {
  RenewedSealsAnswer,
  RotatedKeyAnswer,
  SealKeysAnswer,
  SealProofAnswer,
  SealsAnswer,
} from '../../contract/seals.js';
import { consistencyProof, inclusionProof } from '../../seals/proofs.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import { failed, invalid, Ok, unknown, type Failed, type Result } from '../result.js';
import { DearRequests } from '../dear-requests.js';
import type { Requester } from '../requester.js';
import { leafOf } from './leaf-of.js';
import { SharedRuns } from '../shared-runs.js';
import type { Sealing } from './sealing.js';
import type { SealRecord } from './seal-record.js';

/** Both read the whole log: searches for an event, and its export in pages. */
export interface SealGates {
  readonly dear: DearRequests;
  readonly streams: DearRequests;
}

/** What is asked about seals. Where there are none, every answer says why. */
export class SealService {
  private readonly searches = new SharedRuns<number | null>();

  /** @param off why nothing is sealed; null where it is */
  constructor(
    private readonly store: EventStore,
    readonly sealing: Sealing | null,
    private readonly gates: SealGates = { dear: new DearRequests(), streams: new DearRequests() },
    private readonly off: string | null = null,
  ) {}

  seals(limit: number, before?: string): Result<SealsAnswer> {
    const sealing = this.present();
    if ('failure' in sealing) return sealing;
    const found = sealing.log.files.newest(limit + 1, before);
    const page = found.slice(0, limit);
    const { origin, onHold } = sealing.status;
    const next = found.length > limit ? (page.at(-1)?.at ?? null) : null;
    return new Ok({ origin, seals: page.map(shown), next, onHold });
  }

  latest(): Result<SealRecord> {
    const sealing = this.present();
    if ('failure' in sealing) return sealing;
    const { last } = sealing.log;
    if (last !== null) return new Ok(last);
    return unknown([
      { pointer: '', detail: 'Nothing has been sealed yet: the log is empty, or is still being read.' },
    ]);
  }

  /** The tree as it is now, brought up to the log where that can be read; null where nothing is sealed. */
  async tree(): Promise<{ readonly size: number; readonly root: string } | null> {
    if (this.sealing === null || this.sealing.status.onHold !== null) return null;
    await this.sealing.catchUp();
    const { tree } = this.sealing.log;
    return { size: tree.size, root: tree.root().toString('hex') };
  }

  keys(): Result<SealKeysAnswer> {
    const sealing = this.present();
    if ('failure' in sealing) return sealing;
    const { keys } = sealing.log;
    return new Ok({ origin: keys.origin, keys: keys.listed() });
  }

  async rotate(reason: string): Promise<Result<RotatedKeyAnswer>> {
    const sealing = this.present();
    if ('failure' in sealing) return sealing;
    const rotation = await sealing.rotate(reason);
    return new Ok({ key: sealing.log.keys.verifierKey, rotation });
  }

  async renew(reason: string): Promise<Result<RenewedSealsAnswer>> {
    const sealing = this.present();
    if ('failure' in sealing) return sealing;
    const before = await sealing.renew(reason);
    const { origin, verifierKey: key } = sealing.log.keys;
    return new Ok({ origin, key, before });
  }

  /**
   * That an event is in the tree of a size: of the last seal where none is given.
   * @throws BusyError, and the reason of the aborted signal
   */
  async inclusion(
    event: string,
    size: number | null,
    signal?: AbortSignal,
  ): Promise<Result<SealProofAnswer>> {
    const sealing = this.present();
    if ('failure' in sealing) return sealing;
    const wanted = size ?? sealing.log.last?.size ?? 0;
    const outOfRange = this.refusalOf(sealing, { size: wanted });
    if (outOfRange !== null) return outOfRange;
    const search = (nobodyWaits: AbortSignal): Promise<number | null> =>
      this.gates.dear.run(() => this.indexOf(event, nobodyWaits), nobodyWaits);
    const index = await this.searches.join(event, search, signal);
    if (index === null) return unknown([{ pointer: '/event', detail: `There is no event ${event}.` }]);
    if (index >= wanted) {
      const detail = `The event ${event} is number ${index + 1} of the log, and the tree has ${wanted}: it is sealed later. Ask for a larger size, or without one after the next seal.`;
      return invalid([{ pointer: '/size', detail }]);
    }
    const { tree } = sealing.log;
    return new Ok({
      kind: 'inclusion',
      event,
      index,
      leaf: tree.leaf(index).toString('hex'),
      size: wanted,
      root: tree.root(wanted).toString('hex'),
      proof: inclusionProof(index, wanted, tree.at).map((hash) => hash.toString('hex')),
    });
  }

  /** That the tree of a size begins with that of an earlier one. */
  consistency(from: number, to: number | null): Result<SealProofAnswer> {
    const sealing = this.present();
    if ('failure' in sealing) return sealing;
    const until = to ?? sealing.log.last?.size ?? 0;
    const outOfRange = this.refusalOf(sealing, { from, to: until });
    if (outOfRange !== null) return outOfRange;
    if (from > until) {
      return invalid([
        {
          pointer: '/from',
          detail: `The tree of ${until} events does not go on from one of ${from}: from must not be larger than to.`,
        },
      ]);
    }
    const { tree } = sealing.log;
    const at = (size: number): { readonly size: number; readonly root: string } => ({
      size,
      root: tree.root(size).toString('hex'),
    });
    const proof = consistencyProof(from, until, tree.at).map((hash) => hash.toString('hex'));
    return new Ok({ kind: 'consistency', from: at(from), to: at(until), proof });
  }

  /**
   * The whole log as it is stored, event by event, with each leaf: pages of lines of JSON.
   * @throws BusyError
   */
  async lines(requester?: Requester): Promise<Result<AsyncIterable<string>>> {
    return await this.gates.streams.stream(() => new Ok(this.pagesOfLines(requester?.signal)), requester);
  }

  private async *pagesOfLines(signal?: AbortSignal): AsyncGenerator<string, void, undefined> {
    const turns = new Turns(signal);
    let number = 0;
    for await (const page of this.store.readAll()) {
      turns.check();
      const lines: string[] = [];
      for (const event of page) {
        if (turns.isOver) await turns.next();
        number += 1;
        lines.push(`${lineOf(event, number)}\n`);
      }
      yield lines.join('');
    }
  }

  private present(): Sealing | Failed {
    return (
      this.sealing ??
      failed({ kind: 'no-seals', reason: this.off ?? 'it was embedded without a folder for them' })
    );
  }

  private refusalOf({ log }: Sealing, sizes: Readonly<Record<string, number>>): Failed | null {
    const errors = Object.entries(sizes)
      .filter(([, size]) => size > log.tree.size)
      .map(([name, size]) => ({
        pointer: `/${name}`,
        detail: `must be at most ${log.tree.size}, the events in the tree now, not ${size}.`,
      }));
    return errors.length === 0 ? null : invalid(errors);
  }

  /** Ids have no index across streams: the log is read, once for all who ask for the same. */
  private async indexOf(id: string, signal: AbortSignal): Promise<number | null> {
    const turns = new Turns(signal);
    let index = 0;
    for await (const page of this.store.readAll()) {
      turns.check();
      const found = page.findIndex((event) => event.id === id);
      if (found >= 0) return index + found;
      index += page.length;
      if (turns.isOver) await turns.next();
    }
    return null;
  }
}

const shown = ({ size, root, at, occasion, position, note }: SealRecord): SealsAnswer['seals'][number] => ({
  size,
  root,
  at,
  occasion,
  position,
  note,
});

function lineOf(event: StoredEvent, number: number): string {
  const { position, stream, revision, id, type, data, metadata } = event;
  const leaf = leafOf(event).toString('hex');
  return JSON.stringify({
    number,
    position: String(position),
    stream,
    revision: String(revision),
    id,
    type,
    data,
    metadata,
    leaf,
  });
}
