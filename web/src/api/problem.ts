/** What the service answers instead of a view. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What was wrong with what was asked. */
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
  /** What one may do instead. */
  readonly allowed: readonly string[];
  /** Objects that were asked for by a name that they share. */
  readonly candidates: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
}

/** The service could not be reached at all. */
export const unreachable: Problem = {
  status: 0,
  title: 'Not reachable',
  detail: '',
  errors: [],
  allowed: [],
  candidates: [],
};

export async function problemIn(response: Response): Promise<Problem> {
  const read: unknown = await response.json().catch(() => ({}));
  const body = typeof read === 'object' && read !== null ? (read as Partial<Problem>) : {};
  return {
    status: response.status,
    title: body.title ?? response.statusText,
    detail: body.detail ?? '',
    errors: body.errors ?? [],
    allowed: body.allowed ?? [],
    candidates: body.candidates ?? [],
  };
}
