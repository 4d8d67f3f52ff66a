/** Counts what is well and what is not, and goes on. */
export class Checker {
  passed = 0;
  failed = 0;
  skipped = 0;

  async check(name: string, look: () => void | Promise<void>): Promise<void> {
    try {
      await look();
      this.passed++;
      console.log(`  well: ${name}`);
    } catch (error) {
      this.failed++;
      console.log(`  WRONG: ${name}: ${(error as Error).message}`);
    }
  }

  /** Says loudly that something was not looked at. */
  skip(what: string, why: string): void {
    this.skipped++;
    console.warn(`  SKIPPED: ${what}, since ${why}`);
  }

  summary(): string {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}
