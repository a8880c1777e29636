import type { ServerRecord } from './server-log.js';
import { identifierOf, nameOf, pb, type ReadReq, type ReadResp } from './wire.js';

type Options = ReadReq.Options;

/** The events of a bounded read, in its order; its start is inclusive, but exclusive for `$all` backward. */
export function selected(records: readonly ServerRecord[], options: Options): ServerRecord[] {
  const backwards = options.getReadDirection() === pb.ReadReq.Options.ReadDirection.BACKWARDS;
  const count = Number(options.getCount());
  const passes = options.hasAll() ? inLog(options, backwards) : inStream(options, backwards);
  const found: ServerRecord[] = [];
  for (let taken = 0; taken < records.length && found.length < count; taken += 1) {
    const record = records[backwards ? records.length - 1 - taken : taken];
    if (record !== undefined && passes(record)) found.push(record);
  }
  return found;
}

function inLog(options: Options, backwards: boolean): (record: ServerRecord) => boolean {
  const all = options.getAll();
  if (all?.hasStart()) return () => !backwards;
  if (all?.hasEnd()) return () => backwards;
  const from = BigInt(all?.getPosition()?.getCommitPosition() ?? 0);
  return ({ position }) => (backwards ? position < from : position >= from);
}

function inStream(options: Options, backwards: boolean): (record: ServerRecord) => boolean {
  const stream = options.getStream();
  if (stream?.hasStart()) return ({ revision }) => !backwards || revision === 0;
  if (stream?.hasEnd()) return () => backwards;
  const from = Number(stream?.getRevision());
  return ({ revision }) => (backwards ? revision <= from : revision >= from);
}

/** The position after which a subscription to `$all` starts. */
export function startOf(options: Options, end: bigint): bigint {
  const all = options.getAll();
  if (all?.hasStart()) return -1n;
  return all?.hasEnd() ? end : BigInt(all?.getPosition()?.getCommitPosition() ?? 0);
}

/** The events that a filtered subscription delivers, and the number of events between its checkpoints. */
export function filterOf(options: Options): { passes: (record: ServerRecord) => boolean; window: number } {
  const filter = options.getFilter();
  if (filter === undefined) return { passes: () => true, window: Infinity };
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = expression?.getRegex() ?? '';
  const matches = (text: string): boolean =>
    regex === '' ? prefixes.some((prefix) => text.startsWith(prefix)) : new RegExp(regex).test(text);
  const passes = (record: ServerRecord): boolean =>
    matches(filter.hasStreamIdentifier() ? record.stream : record.type);
  return { passes, window: (filter.getMax() || 32) * filter.getCheckpointintervalmultiplier() };
}

export function eventAnswer(record: ServerRecord): ReadResp {
  const recorded = new pb.ReadResp.ReadEvent.RecordedEvent();
  recorded
    .setId(new pb.UUID().setString(record.id))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  const fields = recorded.getMetadataMap();
  fields.set('type', record.type);
  fields.set('content-type', record.contentType);
  fields.set('created', String(record.created));
  const event = new pb.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position));
  return new pb.ReadResp().setEvent(event);
}

export const checkpointAnswer = (position: bigint): ReadResp =>
  new pb.ReadResp().setCheckpoint(
    new pb.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const confirmationAnswer = (): ReadResp =>
  new pb.ReadResp().setConfirmation(new pb.ReadResp.SubscriptionConfirmation().setSubscriptionId('1'));

export const caughtUpAnswer = (): ReadResp => new pb.ReadResp().setCaughtUp(new pb.ReadResp.CaughtUp());

export const notFoundAnswer = (options: Options): ReadResp =>
  new pb.ReadResp().setStreamNotFound(
    new pb.ReadResp.StreamNotFound().setStreamIdentifier(
      identifierOf(nameOf(options.getStream()?.getStreamIdentifier())),
    ),
  );
