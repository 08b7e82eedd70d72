import type { Day } from '../../kernel/calendar.ts';
import { rounded } from '../../kernel/money.ts';
import { settledUntil } from '../../ledger/billing-horizon.ts';
import type { Context } from '../context.ts';
import type { ExportDifference } from '../ports/ledger.ts';
import { attempt, type Job } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';

const NAMED = 5;

/** The export counts; Cost Explorer is its check. `rows` are the days compared: settled ones that both have told. */
export function checkExport(context: Context, job: Job, asOf: Day): Promise<SyncEntry> {
  return attempt(context, job, async (): Promise<Outcome> => {
    const { scope, ports } = context;
    const { days, differences } = await ports.ledgerReader.compareExport(scope, job.connection.id, settledUntil(asOf));
    return { rows: days, gap: differences.length === 0 ? null : gapOf(differences) };
  });
}

function gapOf(differences: readonly ExportDifference[]): NonNullable<Outcome['gap']> {
  const days = new Set(differences.map(({ day }) => day)).size;
  const named = differences.slice(0, NAMED).map(sentence).join('; ');
  const more = differences.length > NAMED ? `; and ${differences.length - NAMED} more` : '';
  return {
    code: 'NOT_RECONCILED',
    message: `On ${days === 1 ? 'one day' : `${days} days`} the export and Cost Explorer are more than 0.5 % and 1.00 apart: ${named}${more}.`,
    nextStep:
      'The export is what counts. If it stays so after the next delivery, compare these days in the Cost Explorer console.',
  };
}

function sentence({ day, accountId, currency, exportCost, costExplorerCost }: ExportDifference): string {
  const whose = accountId === null ? 'all accounts' : `account ${accountId}`;
  return `${day}, ${whose}: export ${rounded(exportCost)}, Cost Explorer ${rounded(costExplorerCost)} ${currency}`;
}
