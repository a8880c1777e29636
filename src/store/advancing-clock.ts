/** A clock whose times lie after each time that it was told of, also where the clock of the system goes back. */
export class AdvancingClock {
  private floor = '';

  constructor(private readonly clock: () => Date) {}

  /** RFC 3339, UTC, milliseconds. */
  now(): string {
    const now = this.clock().toISOString();
    return now > this.floor ? now : this.floor;
  }

  /** @param time RFC 3339, UTC, milliseconds */
  advancePast(time: string): void {
    const next = new Date(Date.parse(time) + 1).toISOString();
    if (next > this.floor) this.floor = next;
  }
}
