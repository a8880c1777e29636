import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../../events/envelope.js';

/** An operation of the documentation, with what it needs to be asked in earnest. */
export interface Operation {
  readonly method: string;
  /** With names for what it leaves open. */
  readonly path: string;
  /** The media type of its body; null where it has none. */
  readonly type: string | null;
  /** A body that it takes. */
  readonly example: JsonObject;
}

interface Documented {
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly examples?: Readonly<Record<string, { readonly value: JsonObject }>> }>
    >;
  };
}

const named: Readonly<Record<string, string>> = {
  '{fqdn}': 'pool-a.contoso.com',
  '{sip}': 'sip:kim@contoso.com',
  '{id}': 'call-1',
  '{name}': 'call-status',
  '{fileName}': 'a.zip',
};

/** All that docs/openapi.json lists. */
export function documentedOperations(): readonly Operation[] {
  const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => {
      const [type = null, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      const [example] = Object.values(content?.examples ?? {});
      return {
        method: method.toUpperCase(),
        path: path.replaceAll(/\{\w+\}/g, (parameter) => encodeURIComponent(named[parameter] ?? 'x')),
        type,
        example: example?.value ?? { reason: 'tried' },
      };
    }),
  );
}
