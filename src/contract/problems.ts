/** Problem documents (RFC 9457), one schema for each kind of problem. */
import { rebuild } from './projections.js';
import { roles } from './access.js';
import {
  choice,
  integer,
  list,
  literal,
  named,
  nullable,
  object,
  describedAs,
  union,
  text,
  formed,
  type Described,
} from './schema.js';
import { candidates, errors, prefix, problem } from './problem-members.js';
import { position } from './words.js';

export const invalidProblem = named('InvalidProblem', object({ ...problem('invalid', 400), errors }));
export const badRequestProblem = named(
  'BadRequestProblem',
  object({ ...problem('bad-request', 400), errors }),
);
export const malformedExportProblem = named(
  'MalformedExportProblem',
  object({
    ...problem('malformed-export', 400),
    errors,
    entry: describedAs(nullable(text), 'The entry of the zip.'),
    line: nullable(integer),
    column: nullable(integer),
  }),
);
export const ambiguousProblem = named(
  'AmbiguousProblem',
  object({ ...problem('ambiguous', 400), candidates }),
  'Several objects are called so; ask again with the id of one of them.',
);
export const unknownProblem = named('UnknownProblem', object({ ...problem('unknown', 404), errors }));

export const refusedProblem = named(
  'RefusedProblem',
  object({
    ...problem('refused', 409),
    rule: describedAs(text, 'The name of the rule, in kebab-case.'),
    because: describedAs(list(text), "Statement ids, or the rule's name where no statement decides."),
    allowed: describedAs(list(text), 'What would be allowed instead.'),
  }),
  'A rule forbids it now.',
);
export const notUnderstoodProblem = named(
  'NotUnderstoodProblem',
  object({ ...problem('not-understood', 409), stream: text, position }),
  'What the command would be decided on holds an event that this version does not understand.',
);
export const rebuildUnderWayProblem = named(
  'RebuildUnderWayProblem',
  object({ ...problem('rebuild-under-way', 409), rebuild }),
);
export const noRebuildUnderWayProblem = named(
  'NoRebuildUnderWayProblem',
  object({ ...problem('no-rebuild-under-way', 409), rebuild }),
);
export const backupUnderWayProblem = named('BackupUnderWayProblem', object(problem('backup-under-way', 409)));
export const preconditionFailedProblem = named(
  'PreconditionFailedProblem',
  object({ ...problem('precondition-failed', 412), stream: text, revision: nullable(text) }),
);
export const bodyTooLargeProblem = named(
  'BodyTooLargeProblem',
  object({ ...problem('body-too-large', 413), errors }),
);
export const tooManyUploadsProblem = named('TooManyUploadsProblem', object(problem('too-many-uploads', 429)));
export const exportTooLargeProblem = named(
  'ExportTooLargeProblem',
  object(problem('export-too-large', 413)),
  'What the file holds is more than the store takes at once.',
);
export const unsupportedMediaTypeProblem = named(
  'UnsupportedMediaTypeProblem',
  object({ ...problem('unsupported-media-type', 415), errors }),
);
export const keyReusedProblem = named(
  'KeyReusedProblem',
  object({ ...problem('idempotency-key-reused', 422), errors }),
);
export const overloadedProblem = named('OverloadedProblem', object(problem('overloaded', 429)));
export const internalProblem = named('InternalProblem', object(problem('internal', 500)));
export const noBackupsProblem = named(
  'NoBackupsProblem',
  object(problem('no-backups', 501)),
  'The log is kept by a database with its own backups.',
);
export const noSealsProblem = named(
  'NoSealsProblem',
  object(problem('no-seals', 501)),
  'The service has no folder in which it could seal its log.',
);
export const storeUnavailableProblem = named(
  'StoreUnavailableProblem',
  object(problem('store-unavailable', 503)),
);
export const underRepairProblem = named('UnderRepairProblem', object(problem('under-repair', 503)));
export const contendedProblem = named(
  'ContendedProblem',
  object(problem('contended', 503)),
  'Others keep writing the same stream.',
);
export const notThereYetProblem = named(
  'NotThereYetProblem',
  object({ ...problem('not-there-yet', 503), position: describedAs(position, 'How far the views are.') }),
);
export const catchingUpProblem = named(
  'CatchingUpProblem',
  object({ ...problem('catching-up', 503), position: describedAs(position, 'How far the views are.') }),
  'The service has started and has not read the whole log yet, so it cannot say that something is not there.',
);
export const busyProblem = named('BusyProblem', object(problem('busy', 503)));
export const tooManyListenersProblem = named(
  'TooManyListenersProblem',
  object(problem('too-many-listeners', 503)),
);
export const stoppingProblem = named('StoppingProblem', object(problem('stopping', 503)));
export const unavailableProblem = named(
  'UnavailableProblem',
  object(problem('unavailable', 503)),
  'The service is starting or stopping.',
);
export const backupFailedProblem = named('BackupFailedProblem', object(problem('backup-failed', 503)));

const required = named(
  'Required',
  object(
    { role: describedAs(choice(...roles), 'The least role.') },
    {
      pools: describedAs(
        union(list(text), literal('all')),
        'The pools that are not in scope; `all`: a scope that is not restricted to pools.',
      ),
      actor: describedAs(text, 'The only name that X-Actor may give.'),
    },
  ),
  'What the request would have needed.',
);
const signIn = describedAs(text, 'The path where a browser signs in; absent where none does.');
export const unauthenticatedProblem = named(
  'UnauthenticatedProblem',
  object({ ...problem('unauthenticated', 401), required }, { signIn }),
  'The request does not prove who asks.',
);
export const forbiddenProblem = named(
  'ForbiddenProblem',
  object({ ...problem('forbidden', 403), required }),
  'Whoever asks has not the role, or not the pool in scope.',
);

export const otherActorProblem = named(
  'OtherActorProblem',
  object({ ...problem('other-actor', 403), required }),
  'The header X-Actor names another than the one who is proved.',
);
export const foreignOriginProblem = named(
  'ForeignOriginProblem',
  object({ ...problem('foreign-origin', 403), required }),
  'A page of another site makes the browser send it.',
);
export const tooManyRequestsProblem = named(
  'TooManyRequestsProblem',
  object(problem('too-many-requests', 429)),
  'The client asks more often than RATE_LIMIT allows.',
);
export const signInAwayProblem = named(
  'SignInAwayProblem',
  object(problem('sign-in-away', 503)),
  'The identity provider is away, so that its tokens cannot be checked.',
);
export const noSignInProblem = named(
  'NoSignInProblem',
  object(problem('no-sign-in', 501)),
  'No identity provider is set for the sign-in with a browser.',
);
export const signInFailedProblem = named(
  'SignInFailedProblem',
  object({ ...problem('sign-in-failed', 400), errors }),
  'Whoever came back from the identity provider is not signed in.',
);
export const misdirectedProblem = named(
  'MisdirectedProblem',
  object(problem('misdirected', 421)),
  'The header Host names another server: a page may have its own name lead here.',
);

const members = {
  errors,
  candidates,
  required,
  signIn,
  rule: text,
  because: list(text),
  allowed: list(text),
  position,
  stream: text,
  revision: nullable(text),
  rebuild,
  entry: nullable(text),
  line: nullable(integer),
  column: nullable(integer),
} as const;

const common = {
  type: formed(`^${prefix}[a-z-]+$`),
  title: text,
  status: integer,
  detail: text,
} as const;

/** Any problem, for readers that do not know which: members that some kinds have may be there. */
export const problemDocument = named(
  'ProblemDocument',
  object(common, members),
  'A problem document (RFC 9457).',
);
export type ProblemDocument = Described<typeof problemDocument>;

/** As much of a problem document as there is: something between may have written it. */
export const partialProblem = object({}, { ...common, type: text, ...members });
export type PartialProblem = Described<typeof partialProblem>;
