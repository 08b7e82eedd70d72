import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { organizationOf } from '../../../ledger/organization.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import { exampleSnapshot } from '../../example-facts.ts';
import { policyViewOf } from '../../policy/policy-view.ts';
import { spanOf, type WorkingCalendar, workingCalendar } from '../../policy/working-calendar.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { confidenceOf } from './confidence.ts';
import { monthlyCost, monthlySavings, settledDays } from './evidence.ts';
import { answerByAge, answerByHistory, dailyUsage, isHistoryShort, judgedPeriod, lookbackDays } from './lookback.ts';
import { offHoursOf } from './off-hours.ts';
import { isCritical, isDisasterRecoveryStandby, isPurposeKnown, notApplicable } from './purpose.ts';

export const neverRestsThresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 14),
  marginHours: z
    .number()
    .min(0)
    .max(12)
    .default(1)
    .describe('Hours around each working day in which it may run too: it takes time to start, and somebody stays late.'),
});

export const neverRestsEvidence = z.strictObject({
  hoursPerWeek: z.number().describe('Working hours of a week without a holiday, as the policy has them.'),
  timeZone: z.string().describe('The clock of the working hours.'),
  savingsPercent: z.string().describe('The part of a year in which nobody works with it.'),
  settledDays,
  monthlyCost,
  monthlySavings,
});

export type NeverRestsEvidence = z.infer<typeof neverRestsEvidence>;

interface Context {
  readonly view: SnapshotView;
  readonly thresholds: z.infer<typeof neverRestsThresholds>;
}

/** A restart now and then costs no more than this. */
const TOLERANCE = new Exact('0.01');
const WEEKDAYS_FROM_TO = /^(?:weekdays|平日)\s*((?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)\s*(JST)?$/;
/** "24x7", "24/7", "24h", "24 hours". */
const ROUND_THE_CLOCK = /24\s*([x/*×]\s*7|h|時間)|always|常時/i;

/**
 * Not for production, and running through nights and weekends: each day of the look-back has the same whole number of days' hours. What is saved is
 * the time outside the working hours of a year, holidays in it; whether nobody needs it then, only people can tell.
 */
export function judgeNeverRests(
  resource: ResourceFacts,
  { view, thresholds: limits }: Context,
  isHours: (meterKind: string) => boolean,
): Outcome<NeverRestsEvidence> {
  if (isDisasterRecoveryStandby(resource, view)) return notApplicable('disasterRecoveryStandby');
  const period = judgedPeriod(view, limits.lookbackDays);
  const daily = dailyUsage(resource, period, isHours);
  if (daily.values().every((hours) => hours.lte(0))) return notApplicable('noInstanceHours');
  const early = answerByAge(resource, view, limits.lookbackDays) ?? answerByHistory(view, limits.lookbackDays);
  if (early) return early;
  const environment = view.policy.environmentOf(resource);
  if (environment === null) return { kind: 'unknown', missing: ['environmentUnknown'] };
  if (environment === 'production') return notApplicable('production');
  if (ROUND_THE_CLOCK.test(view.hearing(resource)?.operatingHours ?? '')) return notApplicable('neededAlways');
  const nodes = alwaysOn([...daily.values()]);
  if (nodes === null) return { kind: 'healthy' };

  const calendar = calendarOf(resource, view);
  const costs = monthlyCosts(resource, view, isHours);
  const off = offHoursOf(costs, calendar, limits.marginHours, view, nodes);
  if (off === null || effectiveMonthly(costs).lte(0)) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      hoursPerWeek: calendar.hoursPerWeek,
      timeZone: calendar.timeZone,
      savingsPercent: off.share.mul(100).toFixed(0),
      settledDays: daily.size,
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: off.savings.expected,
    },
    savings: off.savings,
    confidence: confidenceOf(0.95, {
      billOnly: true,
      purposeUnknown: !isPurposeKnown(resource, view),
      criticalWorkload: isCritical(resource, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'observed',
    effect: effectOn('hours', costs, { share: off.share }),
  };
}

/** What a person said of the hours goes before the policy's, where it can be read: "weekdays 08:00-21:00 JST". Holidays are the policy's. */
function calendarOf(resource: ResourceFacts, view: SnapshotView): WorkingCalendar {
  const usual = view.policy.workingHours(resource);
  const said = WEEKDAYS_FROM_TO.exec(view.hearing(resource)?.operatingHours ?? '');
  if (!said) return usual;
  const span = [spanOf(said[1] ?? '')];
  const weekend = { saturday: [], sunday: [] };
  const week = { monday: span, tuesday: span, wednesday: span, thursday: span, friday: span, ...weekend };
  return workingCalendar({ ...usual, week, timeZone: said[2] ? 'Asia/Tokyo' : usual.timeZone });
}

/** How many machines ran all day, each day nearly the same; null where one rested. */
function alwaysOn(hours: readonly Exact[]): Exact | null {
  const most = Exact.max(...hours);
  const machines = most.div(24).toDecimalPlaces(0);
  const isWhole = machines.gt(0) && most.div(24).minus(machines).abs().lte(machines.mul(TOLERANCE));
  return isWhole && hours.every((day) => day.gte(most.mul(new Exact(1).minus(TOLERANCE)))) ? machines : null;
}

/** For the examples that every detector carries: the policy says that the account is not for production. */
export function nonProductionView(resource: ResourceFacts): SnapshotView {
  const policy = policyViewOf(
    {
      documents: [{ version: 1, environments: { nonProduction: [{ accounts: [resource.accountId] }] } }],
      organization: organizationOf([]),
    },
    [],
  );
  return viewOf(exampleSnapshot({ resources: [resource] }), undefined, undefined, policy);
}
