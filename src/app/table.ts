/** Characters that take two columns on a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Plain columns for a terminal; the text must be one line already (`oneLine`). */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, i) => Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[i] ?? ''))));
  const lineOf = (cells: readonly string[]): string =>
    columns
      .map((column, i) => {
        const gap = ' '.repeat((widths[i] ?? 0) - widthOf(cells[i] ?? ''));
        return column.align === 'right' ? gap + (cells[i] ?? '') : (cells[i] ?? '') + gap;
      })
      .join('  ')
      .trimEnd();
  return [
    lineOf(columns.map((column) => column.title)),
    lineOf(widths.map((width) => '-'.repeat(width))),
    ...rows.map(lineOf),
  ].join('\n');
}
