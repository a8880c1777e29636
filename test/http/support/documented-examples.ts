/** The examples of answers that the documentation shows. */
import { documentation, isJson } from './documented.js';
import { escaped } from './documentation.js';

export interface ShownExample {
  /** Which operation, with which status and media type. */
  readonly where: string;
  readonly mediaType: string;
  readonly schemaAt: string;
  /** Undefined where there is none. */
  readonly example: unknown;
}

/** One for each answer with a body; of a problem document, one for each kind that is shown. */
export const shownExamples = (): readonly ShownExample[] =>
  documentation().operations.flatMap((found) =>
    Object.keys(found.operation.responses)
      .filter((status) => status !== 'default')
      .flatMap((status) => {
        const described = documentation().responseOf(found, status);
        if (described === null) return [];
        return Object.entries(described.response.content ?? {}).flatMap(([mediaType, content]) => {
          const { example, examples = {} } = content;
          const values = Object.values(examples).map(({ value }) => value);
          return (values.length === 0 ? [example] : values).map((shown): ShownExample => ({
            where: `${found.operation.operationId} ${status} ${mediaType}`,
            mediaType,
            schemaAt: `${described.at}/content/${escaped(mediaType)}/schema`,
            example: shown,
          }));
        });
      }),
  );

/** What of an example is not as its schema says; null where it is. */
export function exampleMisfit({ where, mediaType, schemaAt, example }: ShownExample): string | null {
  const said = (misfit: string | null): string | null => (misfit === null ? null : `${where}: ${misfit}`);
  if (isJson(mediaType)) return said(documentation().misfitOf(schemaAt, example));
  const lines = String(example).split('\n');
  const items =
    mediaType === 'application/x-ndjson'
      ? lines
      : lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice('data: '.length));
  return items
    .filter((item) => item !== '')
    .map((item) => said(documentation().misfitOf(`${schemaAt}/contentSchema`, JSON.parse(item))))
    .reduce((first, misfit) => first ?? misfit, null);
}
