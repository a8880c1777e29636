import type { Statement } from '../../../policy/statements.js';
import { exitCodes, Failure } from '../exit-codes.js';
import type { Session } from '../session.js';
import type { Readings } from './policy.js';
import { readingText, statementText } from './policy.js';

/** One statement, or the reading behind an inferred answer. */
export async function explain(id: string, session: Session): Promise<void> {
  const answer = await session.client.view('/v1/statements');
  if (answer.status >= 400) return session.show(answer, (text) => text);
  const { statements } = JSON.parse(answer.text) as { readonly statements: readonly Statement[] };
  const statement = statements.find((candidate) => candidate.id === id);
  if (statement !== undefined) {
    return session.io.out(session.json ? JSON.stringify(statement) : statementText(statement));
  }
  const { readings } = JSON.parse((await session.client.view('/v1/readings')).text) as Readings;
  const reading = readings.find((candidate) => candidate.id === id.replace(/^inferred\//, ''));
  if (reading !== undefined) {
    return session.io.out(session.json ? JSON.stringify(reading) : readingText(reading));
  }
  const near = statements.filter((candidate) => candidate.id.startsWith(id)).map((candidate) => candidate.id);
  throw new Failure(
    `There is no statement "${id}". ${near.length > 0 ? `Did you mean one of ${near.join(', ')}?` : '"poolkeeper statements" lists them all.'}`,
    exitCodes.unknown,
  );
}
