/** One measured figure. `holds` is null where there is no goal: the figure is information. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string | null;
  readonly holds: boolean | null;
}

export interface BenchOptions {
  /** `--seeds`; a bench that draws nothing ignores it. */
  readonly seeds: number;
  /** `--resources`; null: as many as the bench finds right. */
  readonly resources: number | null;
  /** `--rows`; null likewise. */
  readonly rows: number | null;
  /** For people; nothing with `--json`. */
  readonly print: (text: string) => void;
}

/** A bench measures side by side in one run and says what it found; it never judges by absolute times. */
export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;

export function atLeast(what: string, value: number, goal: number, unit = ''): Figure {
  return { what, value: short(value), unit, goal: `>= ${goal}`, holds: value >= goal };
}

export function atMost(what: string, value: number, goal: number, unit = ''): Figure {
  return { what, value: short(value), unit, goal: `<= ${goal}`, holds: value <= goal };
}

export function information(what: string, value: number, unit = ''): Figure {
  return { what, value: short(value), unit, goal: null, holds: null };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** Columns wide enough for their cells; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[], given: readonly (string | number)[]): string =>
    row.map((cell, i) => (typeof given[i] === 'number' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ');
  return cells.map((row, index) => line(row, index === 0 ? head : (rows[index - 1] ?? [])).trimEnd()).join('\n');
}

function short(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}
