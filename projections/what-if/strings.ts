/** Texts by number: each is kept once. */
export class Strings {
  private readonly all: string[] = [];
  private readonly indexes = new Map<string, number>();

  get size(): number {
    return this.all.length;
  }

  /** The number of a text, which is new where it was not there. */
  indexOf(text: string): number {
    const known = this.indexes.get(text);
    if (known !== undefined) return known;
    const index = this.all.length;
    this.all.push(text);
    this.indexes.set(text, index);
    return index;
  }

  /** Undefined where it is not there. */
  find(text: string): number | undefined {
    return this.indexes.get(text);
  }

  /** Empty where there is no such number. */
  at(index: number): string {
    return this.all[index] ?? '';
  }
}
