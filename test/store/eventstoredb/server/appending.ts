import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { CommitResult, Expected, ProposedRecord } from './server-log.js';
import {
  identifierOf,
  nameOf,
  pb,
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
} from './wire.js';

/** `MaxAppendSize` of the server, at its default. */
export const MAX_APPEND_BYTES = 1024 * 1024;

type Message = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

export function proposed(message: Message): ProposedRecord {
  const fields = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: fields.get('type') ?? '',
    contentType: fields.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getRevision());
}

export function batchExpectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getStreamPosition());
}

export const sizeOf = (events: readonly ProposedRecord[]): number =>
  events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);

/** An error as the server sends it; the trailer `exception` names its kind. */
export function exception(
  code: status,
  name: string,
  trailers: Readonly<Record<string, string>>,
): Partial<ServiceError> {
  const metadata = new Metadata();
  metadata.set('exception', name);
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details: name, metadata };
}

export const streamDeleted = (stream: string): Partial<ServiceError> =>
  exception(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream });

export const appendTooLarge = (): Partial<ServiceError> =>
  exception(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', {
    'maximum-append-size': String(MAX_APPEND_BYTES),
  });

export function appendAnswer(
  result: Exclude<CommitResult, { kind: 'deleted' }>,
  expected: Expected,
): AppendResp {
  const answer = new pb.AppendResp();
  if (result.kind === 'written') {
    const position = new pb.AppendResp.Position();
    position.setCommitPosition(String(result.position)).setPreparePosition(String(result.position));
    return answer.setSuccess(
      new pb.AppendResp.Success().setCurrentRevision(String(result.revision)).setPosition(position),
    );
  }
  const wrong = new pb.AppendResp.WrongExpectedVersion();
  if (result.current < 0) wrong.setCurrentNoStream(new pb.Empty());
  else wrong.setCurrentRevision(String(result.current));
  if (expected === 'any') wrong.setExpectedAny(new pb.Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new pb.Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new pb.Empty());
  else wrong.setExpectedRevision(String(expected));
  return answer.setWrongExpectedVersion(wrong);
}

/** The batch path answers errors inside a message, as `google.rpc.Status` with the error packed in its details. */
export function batchAnswer(request: BatchAppendReq, result: CommitResult): BatchAppendResp {
  const stream = nameOf(request.getOptions()?.getStreamIdentifier());
  const answer = new pb.BatchAppendResp()
    .setCorrelationId(request.getCorrelationId())
    .setStreamIdentifier(identifierOf(stream));
  if (result.kind === 'written') {
    const position = new pb.AllStreamPosition();
    position.setCommitPosition(String(result.position)).setPreparePosition(String(result.position));
    return answer.setSuccess(
      new pb.BatchAppendResp.Success().setCurrentRevision(String(result.revision)).setPosition(position),
    );
  }
  const details = new pb.Any();
  if (result.kind === 'deleted') {
    const deleted = new pb.StreamDeleted().setStreamIdentifier(identifierOf(stream));
    details.pack(deleted.serializeBinary(), 'event_store.client.StreamDeleted');
  } else {
    const wrong = new pb.WrongExpectedVersion();
    if (result.current >= 0) wrong.setCurrentStreamRevision(String(result.current));
    details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  }
  return answer.setError(new pb.Status().setMessage(result.kind).setDetails(details));
}
