import { formatMoney } from '../kernel/locale.ts';
import { exact, rounded, sumExact } from '../kernel/money.ts';
import type { SyncEntry } from '../operations/sync/entry.ts';
import { table } from './table.ts';

/** What was pulled, what asking cost, and every gap with its next step. */
export function syncText(entries: readonly SyncEntry[]): string {
  const rows = entries.map((entry) => [
    entry.connection,
    entry.source,
    entry.window === null ? '' : `${entry.window.start} to ${entry.window.end}`,
    String(entry.pages),
    entry.estimatedPages === undefined ? '' : String(entry.estimatedPages),
    entry.requestCost === '0' ? '' : rounded(entry.requestCost),
    String(entry.rows),
    entry.total === null || entry.currency === null ? '' : formatMoney(entry.total, entry.currency, 'en', 2),
    entry.residual === null || exact(entry.residual).isZero() ? '' : entry.residual,
    entry.status,
  ]);
  const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
  const columns = [
    { title: 'connection' },
    { title: 'source' },
    { title: 'window' },
    right('pages'),
    right('planned'),
    right('asked $'),
    right('rows'),
    right('total'),
    right('residual'),
    { title: 'status' },
  ];
  const pages = entries.reduce((sum, entry) => sum + entry.pages, 0);
  const cost = formatMoney(rounded(sumExact(entries.map((entry) => entry.requestCost))), 'USD', 'en', 2);
  const gaps = entries.flatMap((entry) =>
    entry.error ? [`${entry.source}: ${entry.error.message} ${entry.error.nextStep}`] : [],
  );
  return [table(columns, rows), `${pages} pages; AWS asks ${cost} for them.`, ...gaps].join('\n');
}
