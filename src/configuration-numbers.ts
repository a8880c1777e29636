import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

/** A setting that is a whole number within these limits, both allowed. */
export const WholeNumber = (least: number, most: number): PropertyDecorator => {
  const decorators = [Type(() => Number), IsInt(), Min(least), Max(most)];
  return (target, name) => {
    for (const decorate of decorators) decorate(target, String(name));
  };
};
