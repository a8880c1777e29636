/**
 * What is known only once an earlier line was answered, such as the id of an export:
 * `"exportId": { "$from": "nightly" }` is the member `exportId` of the answer to the line labelled "nightly".
 */
export type AnswerMembers = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is AnswerMembers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlaceholder = (value: unknown): value is { readonly $from: string } =>
  typeof value === 'object' && value !== null && '$from' in value && typeof value.$from === 'string';

export const labelsIn = (body: AnswerMembers): readonly string[] =>
  Object.values(body).flatMap((value) => (isPlaceholder(value) ? [value.$from] : []));

/** A field whose answer is missing, as the labelled line was refused, is left as it is: the service objects to it. */
export const resolved = (body: AnswerMembers, answers: ReadonlyMap<string, AnswerMembers>): AnswerMembers =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      isPlaceholder(value) ? (answers.get(value.$from)?.[name] ?? value) : value,
    ]),
  );
