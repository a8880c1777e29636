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
  /** What somebody would need who may; null where that is not what is wrong. */
  readonly required: { readonly role: string } | null;
  /** The path where a browser signs in; null where none does. */
  readonly signIn: string | null;
}

/** The service could not be reached at all. */
export const unreachable: Problem = {
  status: 0,
  title: 'Not reachable',
  detail: '',
  errors: [],
  allowed: [],
  candidates: [],
  required: null,
  signIn: null,
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
    required: body.required ?? null,
    signIn: body.signIn ?? null,
  };
}
