import { formatMoney } from '../kernel/locale.ts';
import { rounded } from '../kernel/money.ts';
import type { SyncPlan } from '../operations/plan-sync.ts';
import { NOT_FOR_A_VIEW } from '../operations/sync/billing-view.ts';
import type { LeftOut, PlannedRequest } from '../operations/sync/plan/request.ts';
import type { ConnectionStatus } from '../operations/sync-status.ts';
import { table } from './table.ts';

const REASONS: Readonly<Record<PlannedRequest['because'], string>> = {
  firstLoad: 'first load; no budget stops it',
  newDays: 'days that are new or have changed',
  due: 'it is due',
  monthClose: 'the month has closed; no budget stops it',
  restated: 'AWS has changed days of a closed month',
  leftOut: 'accounts that the budget had left out',
  asked: 'you asked for everything',
  control: "the source's own totals, shared by the slices",
  probe: 'do earlier months still add up?',
};

const LEFT_OUT: Readonly<Record<LeftOut['because'], string>> = {
  nothingReadsIt: 'nothing reads it',
  budget: 'the budget ends before it',
  notDue: 'it is not due',
  refused: 'of some days the answer did not add up twice; they are asked later',
};

const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
const usd = (amount: string): string => formatMoney(rounded(amount), 'USD', 'en', 2);

/** The plan with its price, and what it leaves out and why. */
export function planText(plans: readonly SyncPlan[]): string {
  return plans.map(onePlan).join('\n\n');
}

function onePlan(plan: SyncPlan): string {
  const rows = plan.requests.map((request) => [
    request.source,
    `${request.window.start} to ${request.window.end}`,
    request.granularity,
    String(request.estimatedPages),
    rounded(request.estimatedCost),
    REASONS[request.because],
  ]);
  const columns = [
    { title: 'source' },
    { title: 'window' },
    { title: 'grain' },
    right('pages'),
    right('$'),
    { title: 'because' },
  ];
  const left = plan.leftOut.map(({ source, because, accountIds }) => {
    const who = accountIds === null ? '' : ` for ${accountIds.length} accounts that make the last 5 % of the cost`;
    return `Left out${who}: ${source}: ${LEFT_OUT[because]}.`;
  });
  return [
    `${plan.connection} on ${plan.asOf}`,
    table(columns, rows),
    `About ${plan.estimatedPages} pages, ${usd(plan.estimatedCost)}; ${usd(plan.budgetLeft)} are left today. Counted with ${plan.groupsPerPage} groups a page: AWS documents none.`,
    ...left,
    ...unplannedText(plan),
    ...passedByText(plan),
  ].join('\n');
}

function unplannedText({ unplanned }: Pick<SyncPlan, 'unplanned'>): string[] {
  return unplanned.length === 0 ? [] : [`Due too and not in these figures, at $0.01 a page: ${unplanned.join(', ')}.`];
}

function passedByText({ passedBy }: Pick<SyncPlan, 'passedBy'>): string[] {
  return passedBy.length === 0 ? [] : [`Never asked here: ${passedBy.join(', ')}: ${NOT_FOR_A_VIEW}.`];
}

/** How fresh everything is and what asking has cost. */
export function statusText(statuses: readonly ConnectionStatus[]): string {
  const columns = [
    { title: 'source' },
    { title: 'data as of' },
    { title: 'last good run' },
    { title: 'next due' },
    right('residual'),
    right('quarantined'),
    right('$ today'),
    right('$ this month'),
  ];
  return statuses
    .map(({ connection, sources, passedBy, months, spentToday, spentThisMonth }) => {
      const rows = sources.map((item) => [
        item.source,
        item.dataAsOf ?? '',
        item.lastGoodRun?.slice(0, 16).replace('T', ' ') ?? 'never',
        item.nextDue ?? '',
        item.residual ?? '',
        String(item.quarantined),
        rounded(item.spentToday),
        rounded(item.spentThisMonth),
      ]);
      const states = months.slice(0, 4).map(({ month, state }) => `${month} ${state}`);
      const asked = `Asking cost ${usd(spentToday)} today (UTC), ${usd(spentThisMonth)} this month.`;
      const passed = passedByText({ passedBy });
      return [connection, table(columns, rows), asked, `Months: ${states.join(', ')}`, ...passed].join('\n');
    })
    .join('\n\n');
}
