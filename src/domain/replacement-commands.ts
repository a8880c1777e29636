/** The commands of the second route out of a failover, as the API has normalised them. */
import type { Route } from '../../events/replacement.js';

interface WithReason {
  readonly reason?: string;
}

export interface ReplacementCommands {
  'choose-route': WithReason & {
    readonly pool: string;
    readonly route: Route;
    /** The pool that is to take its place, where it has a name already. */
    readonly replacement?: string;
  };
  'replace-pool': {
    /** The pool that is lost. */
    readonly failed: string;
    readonly replacement: string;
    /** Of the replacement; that of the lost pool where absent. */
    readonly site?: string;
    readonly reason?: string;
  };
  'complete-replacement': WithReason & { readonly pool: string };
}
