import { addDays, type Day, daysIn, type Period } from '../../kernel/calendar.ts';
import type { SnapshotView } from '../snapshot-view.ts';
import { isAccountOfYoungWorkload } from './coming-waves.ts';
import { SETTLED_DAYS } from './settled-days.ts';
import { costOn, DAILY_SERVICE, type Draft, usageDrafts } from './usage-drafts.ts';

/** Usage on the first days of the period is taken for old. */
const FIRST_DAYS = 2;

/**
 * An account that uses nothing of a service on the first days that are known of it, and something on the last, has moved in: its level is not
 * known yet. Where its machines have, the rest of it is young too, since the hours of that do not reach back as far. So is an account of whose
 * machines fewer days are known than of the others': days that nobody read are no days without usage. And so is one that the plan gives to a
 * workload whose cut-over lies ahead or was of late, whatever ran there before.
 */
export function youngOf(
  groupId: string,
  view: SnapshotView,
  sized: { readonly drafts: readonly Draft[]; readonly period: Period },
): (draft: Draft) => boolean {
  const { drafts, period } = daysIn(sized.period) < SETTLED_DAYS ? longer(groupId, view, sized.period) : sized;
  const young = new Set([...Map.groupBy(drafts, keyOf)].filter(([, own]) => begins(own, period)).map(([key]) => key));
  for (const accountId of knownForLess(drafts)) young.add(`${accountId}\n${DAILY_SERVICE}`);
  const accountIds = new Set(sized.drafts.map(({ accountId }) => accountId));
  for (const accountId of accountIds) {
    if (isAccountOfYoungWorkload(accountId, view.snapshot)) young.add(`${accountId}\n${DAILY_SERVICE}`);
  }
  return (draft) => young.has(keyOf(draft)) || young.has(`${draft.accountId}\n${DAILY_SERVICE}`);
}

function longer(groupId: string, view: SnapshotView, { end }: Period) {
  const period = { start: addDays(end, -SETTLED_DAYS), end };
  const { machines, others } = usageDrafts(groupId, view, period);
  return { drafts: [...machines, ...others], period };
}

const keyOf = ({ accountId, family }: Draft): string => `${accountId}\n${family.serviceName}`;

function begins(own: readonly Draft[], period: Period): boolean {
  const days = [...new Set(own.flatMap((draft) => draft.days))].sort();
  if (days.length <= FIRST_DAYS) return false;
  const isIdleOn = (some: readonly Day[]): boolean =>
    own.every(({ hours }) => some.every((day) => costOn(hours, day, period) === 0));
  return isIdleOn(days.slice(0, FIRST_DAYS)) && !isIdleOn(days.slice(-1));
}

function knownForLess(drafts: readonly Draft[]): readonly string[] {
  const machines = drafts.filter(({ family }) => family.serviceName === DAILY_SERVICE);
  const daysOf = [...Map.groupBy(machines, ({ accountId }) => accountId)].map(
    ([accountId, own]) => [accountId, new Set(own.flatMap(({ days }) => days)).size] as const,
  );
  const most = Math.max(0, ...daysOf.map(([, days]) => days));
  return daysOf.filter(([, days]) => days < most).map(([accountId]) => accountId);
}
