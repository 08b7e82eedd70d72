import { z } from 'zod';
import { addDays, daysIn, type Period } from '../../../kernel/calendar.ts';
import { Exact } from '../../../kernel/money.ts';
import type { Tag } from '../../../ledger/resource.ts';
import type { ServiceSpend } from '../../../ledger/snapshot.ts';
import { DAYS_PER_MONTH } from '../../costing.ts';
import type { Subject } from '../../detector.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/** A rule on a whole account: it carries no code, since it names no resource. */
export function accountSubject(accountId: string): Subject {
  return { accountId, regionId: null, resourceId: null, resourceType: 'Account' };
}

/** For what asks about a resource's purpose: workloads that name the whole account speak for it. */
export function asJudged(subject: Subject): { accountId: string; resourceId: string; tags: readonly Tag[] } {
  const tags = 'tags' in subject && Array.isArray(subject.tags) ? (subject.tags as readonly Tag[]) : [];
  return { accountId: subject.accountId, resourceId: '', tags };
}

export const services = z.string().describe('The services in question, as Cost Explorer names them.');

/** The last `days` settled days, as far as services are known. */
export function recentServiceDays(view: SnapshotView, days: number): Period {
  const { start, end } = view.snapshot.serviceWindow;
  const wanted = addDays(end, -days);
  return { start: wanted > start ? wanted : start, end };
}

/** A month of 730 h at the pace of the period. */
export function serviceMonthly({ days }: Pick<ServiceSpend, 'days'>, period: Period): Exact {
  const sum = days
    .filter(({ day }) => day >= period.start && day < period.end)
    .reduce((total, { runningCost }) => total.plus(runningCost), new Exact(0));
  return sum.div(daysIn(period)).mul(DAYS_PER_MONTH);
}
