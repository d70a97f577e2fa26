/** Names seen, as numbers of 48 bits: a hundred bytes each would not do for millions. */
import { createHash } from 'node:crypto';

/** Among ten million names two share a number with a probability of one in six. */
const MOST = 5_000_000;

/** A set of article ids. Bounded; then it forgets, and `isWhole` is false. */
export class ShortSet {
  private ids = new Set<number>();
  /** Everything that was added is still known. */
  isWhole = true;

  /** False when it was there before. */
  add(id: string): boolean {
    const short = Number.parseInt(id.slice(0, 12), 16);
    if (this.ids.has(short)) return false;
    if (this.ids.size >= MOST) {
      this.ids = new Set();
      this.isWhole = false;
    }
    this.ids.add(short);
    return true;
  }
  has(id: string): boolean {
    return this.ids.has(Number.parseInt(id.slice(0, 12), 16));
  }

  /** The number of any name. */
  static short(name: string): number {
    return createHash('sha256').update(name).digest().readUIntBE(0, 6);
  }
}
