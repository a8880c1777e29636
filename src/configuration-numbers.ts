import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

/** A setting that is a whole number within these limits, both allowed. */
export const WholeNumber = (least: number, most: number): PropertyDecorator => {
  // A sentence about a wrong value names them in this order.
  const decorators = [Max(most), Min(least), IsInt(), Type(() => Number)];
  return (target, name) => {
    for (const decorate of decorators) decorate(target, String(name));
  };
};
