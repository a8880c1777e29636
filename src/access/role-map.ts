/** Roles by what an identity provider or a proxy says of somebody: a group, or a role of its own. */
import { isRole, type Role } from './roles.js';

/** In the order in which they are looked at: the first that fits decides. */
export type RoleMap = readonly RoleLine[];

export interface RoleLine {
  /** What is said of somebody; `*`: whatever is said. */
  readonly value: string;
  readonly role: Role;
}

/**
 * Reads `value=role;value=role`. A value may hold commas and equals signs, as distinguished names do.
 * @throws Error with a sentence that names the part that is wrong
 */
export function roleMapIn(text: string, setting: string): RoleMap {
  return text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const at = part.lastIndexOf('=');
      const value = part.slice(0, Math.max(at, 0)).trim();
      const role = part.slice(at + 1).trim();
      if (value === '' || !isRole(role)) {
        throw new Error(
          `${setting} holds "${part.trim()}", which is not a value, an equals sign and one of the roles viewer, operator, auditor, administrator.`,
        );
      }
      return { value, role };
    });
}

/** The role of somebody of whom these values are said. Without a map a value is the name of a role itself. */
export function roleAmong(values: readonly string[], map: RoleMap): Role | null {
  if (map.length === 0) return values.find(isRole) ?? null;
  return map.find(({ value }) => value === '*' || values.includes(value))?.role ?? null;
}
