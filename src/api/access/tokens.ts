/** What configuration and application say together about access: `AccessParts`. */
export const ACCESS_PARTS = Symbol('ACCESS_PARTS');
