/** `ATTACK=full` tries as much as `npm run attack` does; without it a bounded part is tried. */
const isFull = process.env['ATTACK'] === 'full';

/**
 * @param some how often something is tried in the suite
 * @param all how often in full
 */
export const times = (some: number, all: number): number => (isFull ? all : some);
