/**
 * Keeps the entries that were set last: at least `capacity`, at most twice as many. Two generations: when the younger is
 * full, the older is dropped as a whole, which costs nothing per entry.
 */
export class Recent<Value> {
  private younger = new Map<string, Value>();
  private older = new Map<string, Value>();

  constructor(private readonly capacity: number) {}

  get(key: string): Value | undefined {
    return this.younger.get(key) ?? this.older.get(key);
  }

  delete(key: string): void {
    this.younger.delete(key);
    this.older.delete(key);
  }

  set(key: string, value: Value): void {
    if (this.younger.size >= this.capacity && !this.younger.has(key)) {
      this.older = this.younger;
      this.younger = new Map();
    }
    this.younger.set(key, value);
  }
}
