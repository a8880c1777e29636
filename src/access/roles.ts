/** What somebody may do, in four words. */
import { roles } from '../contract/access.js';

export { roles };
export type Role = (typeof roles)[number];

/** The roles that may do what needs this one: an operator and an auditor see all views, an administrator may do everything. */
const including: Readonly<Record<Role, readonly Role[]>> = {
  viewer: ['viewer', 'operator', 'auditor', 'administrator'],
  operator: ['operator', 'administrator'],
  auditor: ['auditor', 'administrator'],
  administrator: ['administrator'],
};

/** Whether a role may do what needs another. */
export const mayDoAs = (role: Role, needed: Role): boolean => including[needed].includes(role);

/** All roles that may do what needs this one, the least first. */
export const rolesThatMay = (needed: Role): readonly Role[] => including[needed];

export const isRole = (word: unknown): word is Role => roles.some((role) => role === word);
