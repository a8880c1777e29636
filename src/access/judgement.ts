/** Whether somebody may do something: the table applied to a principal. */
import { permissions, type Permission } from './permissions.js';
import { foldedPool, reaches, type Principal } from './principal.js';
import { mayDoAs, type Role } from './roles.js';

/** What a refused request would have needed: the least role, and the pools where they are what is missing. */
export interface Required {
  readonly role: Role;
  /** `all`: a scope that is not restricted to pools. */
  readonly pools?: readonly string[] | 'all';
}

export interface Forbidden {
  readonly detail: string;
  readonly required: Required;
}

/** What a request asks for beside what its operation is. */
export interface Wanted {
  readonly asFile: boolean;
  readonly asPreview: boolean;
}

/** The role that this request needs. */
export function roleFor({ role, asFile, asPreview }: Permission, wanted: Wanted): Role | null {
  if (wanted.asFile && asFile !== undefined) return asFile;
  return wanted.asPreview && asPreview !== undefined ? asPreview : role;
}

/** What the role and the table alone refuse; null where nothing is refused. */
export function refusalOfRole(
  { actor, role, pools }: Principal,
  needed: Role,
  { scope }: Permission,
): Forbidden | null {
  if (!mayDoAs(role, needed)) {
    return {
      detail: `This needs the role ${needed}; ${actor} has the role ${role}.`,
      required: { role: needed },
    };
  }
  return scope.of === 'everything' && pools !== null
    ? {
        detail: `This concerns the whole service; ${actor} may have to do with ${namesIn(pools)} only.`,
        required: { role: needed, pools: 'all' },
      }
    : null;
}

/** What the scope refuses of an operation on these pools; null where all are in scope. */
export function refusalOfPools(
  principal: Principal,
  needed: Role,
  wanted: readonly string[],
): Forbidden | null {
  const { actor, pools } = principal;
  if (pools === null) return null;
  const beyond = wanted.filter((pool) => !reaches(principal, pool)).map(foldedPool);
  return beyond.length === 0
    ? null
    : {
        detail: `${actor} may have to do with ${namesIn(pools)} only, not with ${beyond.join(', ')}.`,
        required: { role: needed, pools: beyond },
      };
}

/**
 * What is said of a call or an agent of another pool, and of one that does not exist: whoever is scoped to pools cannot
 * tell them apart.
 */
export function refusalOfUnknown({ actor, pools }: Principal, needed: Role, what: string): Forbidden | null {
  return pools === null
    ? null
    : {
        detail: `${actor} may have to do with ${namesIn(pools)} only, and ${what} is not known to be of these.`,
        required: { role: needed },
      };
}

/** Sentences stay short whatever the scope. */
const shown = 5;

const namesIn = (pools: ReadonlySet<string>): string => {
  const names = [...pools].sort();
  const more = names.length - shown;
  return names.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
};

/** The operations that role and scope allow; of those that concern a pool, not all pools may be in scope. */
export const mayDo = (principal: Principal): readonly string[] =>
  Object.entries(permissions)
    .filter(([, line]) => line.role === null || refusalOfRole(principal, line.role, line) === null)
    .map(([operation]) => operation);
