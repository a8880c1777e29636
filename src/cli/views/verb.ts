/** What a view is as a verb. */
import type { AnswerOf, OperationId } from '../../contract/answers.js';
import type { Answer, Query } from '../client.js';
import type { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { time } from '../output/words.js';
import type { Session } from '../session.js';
import { moment, type Filter, type Shorthand } from './filters.js';

/** Shows the answer to a query. */
export type Show = (answer: Answer, session: Session, query: Query) => Promise<void>;

/** In words, and by the exit code where that says what the answer is. */
export const inWords =
  <Operation extends OperationId>(
    operation: Operation,
    text: (body: AnswerOf<Operation>, io: Io, query: Query) => string,
    exitCode?: (body: AnswerOf<Operation>) => ExitCode,
  ): Show =>
  async (answer, session, query) => {
    await session.show(operation, answer, (body) =>
      [...lastOfIt(operation, body), text(body, session.io, query)].join('\n'),
    );
    if (answer.status >= 400 || exitCode === undefined) return;
    session.exitCode = exitCode(await session.client.read(operation, answer));
  };

/** Where to go on, of a pool whose place another took; `pool` has a line for it. */
function lastOfIt(operation: OperationId, body: object): readonly string[] {
  if (operation === 'pool' || !isOfLost(body)) return [];
  const { fqdn: lost, ended } = body;
  return [
    `${ended.replacedBy} took the place of ${lost} at ${time(ended.at)}: this is the last of ${lost}. What follows is asked of ${ended.replacedBy}.`,
  ];
}

interface Lost {
  readonly fqdn: string;
  readonly ended: { readonly replacedBy: string; readonly at: string };
}

const isOfLost = (body: object): body is Lost => 'fqdn' in body && 'ended' in body;

export interface ViewVerb {
  readonly name: string;
  readonly summary: string;
  /** What the verb takes beside its flags; none where the view is of everything. */
  readonly argument?: { readonly name: string; readonly description: string };
  /** The parameter of the query that its argument is, where it is none of the path. */
  readonly argumentIs?: string;
  /** What it takes after that, which goes into the query. */
  readonly object?: { readonly name: string; readonly description: string };
  readonly path: (argument: string) => string;
  readonly filters: readonly Filter[];
  readonly show: Show;
  /** Whether the answer to a query is one of many lines, which are printed as they come. */
  readonly isStream?: (query: Query) => boolean;
  readonly shorthands?: readonly Shorthand[];
  /** The list on each page of an answer that has pages. */
  readonly pagesOf?: string;
}

export const fqdn = { name: 'fqdn', description: 'the pool, in the role of the primary' };

export const ofPool = <Operation extends OperationId>(
  name: Operation,
  summary: string,
  text: (body: AnswerOf<Operation>, io: Io, query: Query) => string,
  filters: readonly Filter[] = moment,
): ViewVerb => ({
  name,
  summary,
  argument: fqdn,
  path: (pool) => `/v1/pools/${encodeURIComponent(pool)}/${name}`,
  filters,
  show: inWords(name, text),
});

export const fixed = <Operation extends OperationId>(
  name: Operation,
  summary: string,
  text: (body: AnswerOf<Operation>, io: Io) => string,
): ViewVerb => ({
  name,
  summary,
  path: () => `/v1/${name}`,
  filters: [],
  show: inWords(name, text),
});
