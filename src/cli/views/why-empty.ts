/** Why there is nothing at a moment: the pool may not have been on record by then. */
import type { AnswerOf } from '../../contract/answers.js';
import type { Query } from '../client.js';
import { notYetRegistered } from '../output/words.js';
import type { Session } from '../session.js';
import type { Show } from './verb.js';

/** On standard error, beside an answer that holds nothing. @param moment `asOf` or `at`, or both */
export async function sayWhyEmpty(session: Session, fqdn: string, moment: Query): Promise<boolean> {
  const answer = await session.client.view(`/v1/pools/${encodeURIComponent(fqdn)}`, moment);
  if (answer.status !== 200) return false;
  const pool = await session.client.read('pool', answer);
  if (pool.stage !== null) return false;
  session.io.err(notYetRegistered(pool));
  return true;
}

/** The lists of a pool that hold nothing before it was registered, as they do where nothing happened. */
export const orWhyEmpty =
  <Operation extends 'exports' | 'audit-trail'>(
    operation: Operation,
    show: Show,
    isEmpty: (body: AnswerOf<Operation>) => boolean,
  ): Show =>
  async (answer, session, query) => {
    await show(answer, session, query);
    const moment = momentIn(query);
    if (answer.status !== 200 || session.json || Object.keys(moment).length === 0) return;
    const body = await session.client.read(operation, answer);
    if (isEmpty(body)) await sayWhyEmpty(session, body.fqdn, moment);
  };

const momentIn = ({ asOf, at }: Query): Query => ({
  ...(asOf === undefined ? {} : { asOf }),
  ...(at === undefined ? {} : { at }),
});
