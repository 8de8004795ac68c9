/** Counts of events by their names. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  lines(): string[] {
    return [...this.counts].map(([name, count]) => `${count} × ${name}`);
  }

  get text(): string {
    const sorted = [...this.counts].toSorted(([, one], [, other]) => other - one);
    return sorted.map(([name, count]) => `${name} ${count.toLocaleString('en')}`).join(', ') || 'none';
  }
}
