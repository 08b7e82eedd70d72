import type { GivenPlan } from '../../../operations/ports/plan-file.ts';
import { meaningOf, textOf } from './cells.ts';
import { PLAN_VALUES } from './columns.ts';
import { type Found, findTable, type Sheet } from './find-table.ts';

interface Group {
  readonly document: Record<string, unknown>;
  /** What the first row said, by column, to hold later rows against. */
  readonly said: Map<string, { readonly text: string; readonly place: string }>;
  readonly path: readonly PropertyKey[];
}
interface Wave extends Group {
  readonly workloads: Map<string, Workload>;
}
interface Workload extends Group {
  readonly lines: unknown[];
}

/** A table of lines as a plan that is not checked yet. Rows need not repeat wave and workload; what they repeat must be the same. */
export function readPlanTable(sheets: readonly Sheet[], name: string): GivenPlan {
  const table = findTable(sheets, name);
  const reader = new TableReader();
  for (const found of table.values) reader.set(reader.plan, [], found);
  for (const row of table.rows) reader.row(row.place, row.cells);
  const { places } = reader;
  return {
    document: reader.document(),
    problems: [...table.problems, ...reader.problems],
    placeOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const place = places.get(keyOf(path.slice(0, length)));
        if (place !== undefined) return place;
      }
      const value = PLAN_VALUES.find(({ id }) => id === path[0]);
      return value === undefined ? null : `${value.id} (${value.ja}), in a row above the headings or on a sheet of its own`;
    },
  };
}

class TableReader {
  readonly plan: Record<string, unknown> = {};
  readonly problems: string[] = [];
  readonly places = new Map<string, string>();
  private readonly waves = new Map<string, Wave>();
  private wave: Wave | null = null;
  private workload: Workload | null = null;

  document(): unknown {
    const waves = [...this.waves.values()].map(({ document, workloads }) => ({
      ...document,
      workloads: [...workloads.values()].map((workload) => ({ ...workload.document, lines: workload.lines })),
    }));
    return { ...this.plan, waves };
  }

  row(place: string, cells: readonly Found[]): void {
    this.openWave(place, nameIn(cells, 'wave'));
    this.openWorkload(place, nameIn(cells, 'workload'));
    const { wave, workload } = this;
    if (wave === null || workload === null) return;
    for (const found of cells) {
      const { of, id } = found.column;
      if (id === 'wave' || id === 'workload' || of === 'line') continue;
      const group = of === 'wave' ? wave : workload;
      const said = group.said.get(id);
      if (said === undefined) this.state(group, found);
      else if (said.text !== textOf(found.cell).trim())
        this.problems.push(`${found.place}: differs from ${said.place} of the same ${of === 'wave' ? 'wave' : 'workload'}`);
    }
    this.line(
      place,
      workload,
      cells.filter(({ column }) => column.of === 'line'),
    );
  }

  /** Notes the value and its place. */
  set(document: Record<string, unknown>, path: readonly PropertyKey[], { cell, column, place }: Found): void {
    document[column.id] = meaningOf(cell, column);
    this.places.set(keyOf([...path, column.id]), place);
    if (column.kind === 'percent' && typeof cell === 'number' && cell > 0 && cell < 1)
      this.problems.push(`${place}: is a share; write the percent as a number, 10 for 10 %`);
    if (column.kind === 'accounts' && typeof cell === 'number')
      this.problems.push(`${place}: is a number, which has no leading zeros; make the cell a text`);
  }

  private openWave(place: string, name: string | null): void {
    if (name === null || name === this.wave?.document.name) {
      if (this.wave === null) this.problems.push(`${place}, column wave: is missing`);
      return;
    }
    const path = ['waves', this.waves.size];
    this.wave = this.waves.get(name) ?? { document: { name }, said: new Map(), path, workloads: new Map() };
    this.waves.set(name, this.wave);
    this.workload = null;
    if (this.wave.path === path) this.places.set(keyOf(path), place).set(keyOf([...path, 'name']), `${place}, column wave`);
  }

  private openWorkload(place: string, name: string | null): void {
    const { wave } = this;
    if (wave === null) return;
    if (name === null) {
      if (this.workload === null) this.problems.push(`${place}, column workload: is missing`);
      return;
    }
    const path = [...wave.path, 'workloads', wave.workloads.size];
    this.workload = wave.workloads.get(name) ?? { document: { name, matches: {} }, said: new Map(), path, lines: [] };
    wave.workloads.set(name, this.workload);
    if (this.workload.path === path)
      this.places.set(keyOf(path), place).set(keyOf([...path, 'name']), `${place}, column workload`);
  }

  private state(group: Group, found: Found): void {
    const { of, id } = found.column;
    group.said.set(id, { text: textOf(found.cell).trim(), place: found.place });
    if (of === 'wave' || of === 'workload') {
      this.set(group.document, group.path, found);
      return;
    }
    const part = (group.document[of] ?? {}) as Record<string, unknown>;
    group.document[of] = part;
    this.set(part, [...group.path, of], found);
  }

  /** A row that says nothing of a line stands for a workload without any. */
  private line(place: string, workload: Workload, cells: readonly Found[]): void {
    if (cells.length === 0) return;
    const path = [...workload.path, 'lines', workload.lines.length];
    const line: Record<string, unknown> = {};
    this.places.set(keyOf(path), place).set(keyOf([...path, 'expectedMonthlyCost']), `${place}, column expectedMonthlyCost`);
    for (const found of cells) this.set(line, path, found);
    workload.lines.push(line);
  }
}

function nameIn(cells: readonly Found[], id: 'wave' | 'workload'): string | null {
  const found = cells.find(({ column }) => column.id === id);
  return found === undefined ? null : textOf(found.cell).trim();
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}
