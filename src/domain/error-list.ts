import { commonPointer } from '../../policy/json-pointer.js';
import type { FieldError } from './decision.js';

/** What a person mends before asking again; more errors are counted. */
export const mostErrors = 20;

/** The first errors of a request, and how many more there are: a list that no request makes long. */
export class ErrorList {
  private readonly listed: FieldError[] = [];
  private total = 0;

  add(pointer: string, detail: string): void {
    this.total += 1;
    if (this.listed.length < mostErrors) this.listed.push({ pointer, detail });
  }

  addAll(errors: readonly FieldError[]): this {
    for (const { pointer, detail } of errors) this.add(pointer, detail);
    return this;
  }

  /** All of them, also those that are not listed. */
  get count(): number {
    return this.total;
  }

  get isFull(): boolean {
    return this.listed.length >= mostErrors;
  }

  /** How many are not listed. */
  get rest(): number {
    return this.total - this.listed.length;
  }

  get first(): readonly FieldError[] {
    return this.listed;
  }

  /** The first ones, and one that counts the rest, at what all of the first ones are in. */
  get all(): readonly FieldError[] {
    return this.rest === 0
      ? this.listed
      : [
          ...this.listed,
          {
            pointer: commonPointer(this.listed.map(({ pointer }) => pointer)),
            detail: `There are ${this.rest} more errors like these.`,
          },
        ];
  }
}
