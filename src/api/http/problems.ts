/** Problem documents (RFC 9457): the one table of status numbers and titles. */
import type { JsonObject } from '../../../events/envelope.js';
import type { FieldError } from '../../domain/decision.js';
import { ErrorList, mostErrors } from '../../domain/error-list.js';
import type { Failure } from '../../runtime/result.js';
import { bounded } from './bounded.js';
import { HttpReply } from './http-reply.js';

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Say who you are',
  403: 'Not allowed',
  404: 'Not found',
  405: 'The method is not allowed here',
  408: 'The request did not arrive in time',
  409: 'A rule forbids it',
  412: 'The stream has moved on',
  413: 'The body is too large',
  415: 'The body is of another type',
  421: 'The service has another name',
  422: 'The idempotency key belongs to another request',
  429: 'Too many commands are waiting',
  431: 'The headers are too large',
  500: 'Something went wrong inside',
  503: 'The service cannot answer now',
};

interface ProblemMembers {
  readonly detail: string;
  /** Where the usual title of the status does not fit. */
  readonly title?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly [member: string]: JsonObject[string];
}

/** The problem document `urn:poolkeeper:problem:<name>`. */
export function problem(status: number, name: string, members: ProblemMembers): HttpReply {
  const { retryAfter = null, title, detail, ...more } = members;
  const type = `urn:poolkeeper:problem:${name}`;
  const body = { type, title: title ?? titles[status] ?? 'Problem', status, ...bounded({ detail, ...more }) };
  return new HttpReply(status, body, null, retryAfter);
}

/** The problem document of each failure. */
export function problemOfFailure(failure: Failure): HttpReply {
  const [status, members] = described(failure);
  return problem(status, failure.kind, members);
}

function described(failure: Failure): readonly [status: number, members: ProblemMembers] {
  switch (failure.kind) {
    case 'invalid': {
      const detail =
        failure.detail ?? inOneSentence(failure.errors, ({ pointer }) => `${pointer || '(body)'}: `);
      return [400, { detail, errors: listed(failure.errors) }];
    }
    case 'unknown':
      return [404, { detail: inOneSentence(failure.errors), errors: listed(failure.errors) }];
    case 'ambiguous': {
      const { detail } = failure;
      const candidates = failure.candidates.slice(0, mostErrors).map((candidate) => ({ ...candidate }));
      return [400, { title: 'Several objects are called so', detail, candidates }];
    }
    case 'refused': {
      const { detail, rule, because, allowed } = failure;
      return [409, { detail, rule, because: [...because], allowed: [...allowed] }];
    }
    case 'not-understood': {
      const title = 'What it would be decided on is not understood';
      const { detail, stream, position } = failure;
      return [409, { title, detail, stream, position: String(position) }];
    }
    case 'precondition-failed': {
      const { stream, revision } = failure;
      const detail =
        failure.detail ??
        (revision === null
          ? `Stream "${stream}" does not exist yet, so no If-Match can hold.`
          : `Stream "${stream}" is at revision ${revision}; read it again and send If-Match: "${revision}" if the command still makes sense.`);
      return [412, { detail, stream, revision: revision === null ? null : String(revision) }];
    }
    case 'idempotency-key-reused': {
      const detail =
        'This Idempotency-Key came before with another command or another body. Use a new key for a new request.';
      const errors = [{ pointer: '', detail: 'the header Idempotency-Key names another request' }];
      return [422, { detail, errors }];
    }
    case 'overloaded': {
      const detail = 'More commands are waiting than the service takes on; try again shortly.';
      return [429, { detail, retryAfter: 1 }];
    }
    case 'contended':
      return [503, { detail: 'Others keep writing the same stream; try again.', retryAfter: 1 }];
    case 'store-unavailable':
      return [503, { detail: `The event store cannot be reached: ${failure.reason}`, retryAfter: 5 }];
    case 'under-repair':
      return [503, { detail: failure.detail, retryAfter: 1 }];
    case 'not-there-yet': {
      const { position, wanted, waited } = failure;
      const detail = `The views stand at position ${position}; ${wanted} was not reached within ${waited} ms.`;
      return [503, { detail, position: String(position), retryAfter: 1 }];
    }
    case 'busy': {
      const detail =
        'Requests that read much of the log wait for their turn, and no more may wait (MAX_WAITING_DEAR_REQUESTS); try again shortly.';
      return [503, { detail, retryAfter: 5 }];
    }
    case 'too-many-listeners': {
      const detail = `${failure.allowed} live streams are open, and the service allows no more (MAX_LISTENERS); try again later.`;
      return [503, { detail, retryAfter: 10 }];
    }
    case 'catching-up': {
      const { position, reason } = failure;
      const state = reason === null ? '' : ` The event store cannot be reached: ${reason}`;
      const detail = `The service has started and is still reading the log; it stands at position ${position}. Until it has read all, it does not say that something is not there.${state}`;
      return [503, { detail, position: String(position), retryAfter: 2 }];
    }
    case 'stopping':
      return [503, { detail: 'The service is stopping.', retryAfter: 5 }];
    case 'rebuild-under-way':
      return [409, { title: 'A rebuild is under way', detail: failure.detail, rebuild: failure.rebuild }];
    case 'no-rebuild-under-way':
      return [409, { title: 'There is nothing to abort', detail: failure.detail, rebuild: failure.rebuild }];
    case 'malformed-export': {
      const { detail, entry, line, column } = failure;
      return [400, { detail, errors: [{ pointer: '', detail }], entry, line, column }];
    }
    case 'export-too-large': {
      const title = 'The export is too large for the store';
      return [413, { title, detail: failure.detail }];
    }
    case 'too-many-uploads': {
      const detail = `${failure.allowed} zips are on their way, and the service takes no more at once (MAX_UPLOADS); try again shortly.`;
      return [429, { title: 'Too many uploads', detail, retryAfter: 5 }];
    }
    case 'no-seals': {
      const title = 'The log is not sealed';
      return [501, { title, detail: `This service does not seal its log: ${failure.reason}.` }];
    }
    case 'no-backups': {
      const title = 'The service keeps no file to back up';
      const detail = 'This log is kept by a database that has backups of its own; use those.';
      return [501, { title, detail }];
    }
    case 'backup-under-way': {
      const title = 'A backup is being made';
      return [409, { title, detail: 'Wait until the backup that is being made is done.' }];
    }
    case 'backup-failed':
      return [503, { detail: `The backup could not be made: ${failure.reason}` }];
  }
}

const inOneSentence = (
  errors: readonly FieldError[],
  prefix: (error: FieldError) => string = () => '',
): string =>
  first(errors)
    .map((error) => `${prefix(error)}${error.detail}`)
    .join(' ');

const listed = (errors: readonly FieldError[]): JsonObject[] =>
  first(errors).map(({ pointer, detail }) => ({ pointer, detail }));

/** A list that was bounded where it was made ends with the count of the rest already. */
const first = (errors: readonly FieldError[]): readonly FieldError[] =>
  errors.length <= mostErrors + 1 ? errors : new ErrorList().addAll(errors).all;
