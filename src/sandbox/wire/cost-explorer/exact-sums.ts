const LOW_WORD = 2 ** 32;
const CARRY_AT = 2 ** 52;

/**
 * Many exact sums of 64-bit whole numbers, without a BigInt per addition: the high and the low 32 bits are added apart as floats,
 * which stay whole below 2^53, and low sums are carried over before they get there.
 */
export class ExactSums {
  readonly #high: Float64Array;
  readonly #low: Float64Array;

  constructor(size: number) {
    this.#high = new Float64Array(size);
    this.#low = new Float64Array(size);
  }

  add(index: number, high: number, low: number): void {
    this.#high[index] = (this.#high[index] ?? 0) + high;
    const sum = (this.#low[index] ?? 0) + low;
    if (sum < CARRY_AT) {
      this.#low[index] = sum;
      return;
    }
    const carried = Math.floor(sum / LOW_WORD);
    this.#high[index] = (this.#high[index] ?? 0) + carried;
    this.#low[index] = sum - carried * LOW_WORD;
  }

  total(index: number): bigint {
    return BigInt(this.#high[index] ?? 0) * BigInt(LOW_WORD) + BigInt(this.#low[index] ?? 0);
  }
}

/** Columns of 64-bit whole numbers, readable as halves. Typed arrays use the machine's byte order, little-endian wherever Node runs. */
export class WideColumn {
  readonly #values: BigInt64Array;
  readonly #highs: Int32Array;
  readonly #lows: Uint32Array;

  constructor(length: number) {
    this.#values = new BigInt64Array(length);
    this.#highs = new Int32Array(this.#values.buffer);
    this.#lows = new Uint32Array(this.#values.buffer);
  }

  set(index: number, value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} does not fit into 64 bits`);
    this.#values[index] = value;
  }

  value(index: number): bigint {
    return this.#values[index] ?? 0n;
  }

  high(index: number): number {
    return this.#highs[2 * index + 1] ?? 0;
  }

  low(index: number): number {
    return this.#lows[2 * index] ?? 0;
  }
}
