import { exitCodes, CliError } from '../exit-codes.js';
import type { Session } from '../session.js';
import { readingText, statementText } from './policy.js';

/** What an answer names under `because`: a statement, the inference where the document is silent, or a rule. */
export async function explain(id: string, session: Session): Promise<void> {
  const answer = await session.client.view('/v1/statements');
  if (answer.status >= 400) {
    session.showText(answer, answer.text);
    return;
  }
  const { statements } = await session.client.read('statements', answer);
  const statement = statements.find((candidate) => candidate.id === id);
  if (statement !== undefined) {
    if (session.json) session.io.data(JSON.stringify(statement));
    else session.io.out(statementText(statement));
    return;
  }
  const { readings } = await session.client.read('readings', await session.client.view('/v1/readings'));
  const reading = readings.find((candidate) => candidate.id === id.replace(/^inferred\//, ''));
  if (reading !== undefined) {
    if (session.json) session.io.data(JSON.stringify(reading));
    else session.io.out(readingText(reading));
    return;
  }
  const { reasons } = await session.client.read('reasons', await session.client.view('/v1/reasons'));
  const reason = reasons.find((candidate) => candidate.id === id.replace(/^inferred\//, ''));
  if (reason !== undefined) {
    if (session.json) session.io.data(JSON.stringify(reason));
    else session.io.out(`${reason.id}\n  ${reason.kind}\n  ${reason.text}`);
    return;
  }
  const near = reasons.filter((candidate) => candidate.id.includes(id)).map((candidate) => candidate.id);
  throw new CliError(
    `There is no statement, inference or rule "${id}". ${near.length > 0 ? `Did you mean one of ${near.join(', ')}?` : '"poolkeeper reasons" lists them all.'}`,
    exitCodes.unknown,
  );
}
