import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import type { Price } from '../../../ledger/price.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, isCovered, monthlyCosts } from '../../costing.ts';
import type { Outcome } from '../../detector.ts';
import { EXAMPLE_AS_OF } from '../../example-facts.ts';
import { savingsOf } from '../../savings.ts';
import type { SnapshotView } from '../../snapshot-view.ts';
import { confidenceOf, type Doubt } from './confidence.ts';
import { instancePrice, instanceTypesOf, isOwnLicence, type Platform, platformOf } from './ec2.ts';
import { instanceType, monthlyCost, monthlySavings } from './evidence.ts';
import { answerByAge, isHistoryShort, judgedPeriod, lookbackDays } from './lookback.ts';
import { isAboveList, type Priced } from './priced.ts';
import {
  isCritical,
  isDisasterRecoveryStandby,
  isInAutoScalingGroup,
  isLicenceBound,
  isPurposeKnown,
  notApplicable,
} from './purpose.ts';
import { chooseSmaller } from './smaller-option.ts';

/** What rules ask that propose the same size with another make of processor. */
export const otherFamilyThresholds = z.strictObject({
  lookbackDays: lookbackDays(14, 7),
  minimumSavingsPercent: z
    .number()
    .min(0)
    .max(50)
    .default(5)
    .describe('The other type is cheaper an hour by at least this share of the list price.'),
});

export const otherFamilyEvidence = z.strictObject({
  instanceType,
  targetType: z.string().describe('The same size in the other family.'),
  operatingSystem: z.string().describe('Operating system as the bill tells it.'),
  savingsPercent: z.string().describe('How much less the other type costs an hour, by list price.'),
  monthlyCost,
  monthlySavings,
});

export type OtherFamilyEvidence = z.infer<typeof otherFamilyEvidence>;

export interface OtherFamily {
  /** By the present family: the one in which the same size has as many vCPUs and as much memory. */
  readonly familyOf: ReadonlyMap<string, string>;
  readonly sizes: RegExp;
  readonly platforms: readonly Platform['operatingSystem'][];
  readonly confidence: number;
  readonly doubts: readonly Doubt[];
}

interface Asked {
  readonly thresholds: z.infer<typeof otherFamilyThresholds>;
  readonly view: SnapshotView;
}

export function examineOtherFamily(
  machine: ResourceFacts,
  { thresholds: limits, view }: Asked,
  wanted: OtherFamily,
): Outcome<OtherFamilyEvidence> | Priced<'current' | 'target', OtherFamilyEvidence> {
  const types = instanceTypesOf(machine, judgedPeriod(view, limits.lookbackDays).start);
  const current = types.at(-1) ?? '';
  const [family = '', size = ''] = current.split('.');
  const otherFamily = wanted.familyOf.get(family);
  if (otherFamily === undefined) return { kind: 'healthy' };
  if (types.length > 1) return notApplicable('typeChangedRecently');
  const notHere = answerByPlace(machine, view) ?? answerByAge(machine, view, limits.lookbackDays);
  if (notHere) return notHere;
  if (!wanted.sizes.test(size)) return notApplicable('noSameSize');
  if (leavesFamilyAnyway(machine, current, view)) return notApplicable('rightsizingChangesFamily');
  const operatingSystem = platformOf(machine)?.operatingSystem;
  if (operatingSystem === undefined) return { kind: 'unknown', missing: ['platform'] };
  if (!wanted.platforms.includes(operatingSystem)) return notApplicable('platformNotOffered');
  const { regionId } = machine;
  const target = `${otherFamily}.${size}`;
  return {
    kind: 'priced',
    questions: {
      current: instancePrice({ regionId, instanceType: current, operatingSystem }),
      target: instancePrice({ regionId, instanceType: target, operatingSystem }),
    },
    conclude: (price) => conclude(machine, { current, target, operatingSystem, price }, { limits, view, wanted }),
  };
}

function answerByPlace(machine: ResourceFacts, view: SnapshotView) {
  if (isOwnLicence(machine) || isLicenceBound(machine, view)) return notApplicable('licenceBound');
  // It has to run what the first site runs.
  if (isDisasterRecoveryStandby(machine, view)) return notApplicable('disasterRecoveryStandby');
  return isInAutoScalingGroup(machine) ? notApplicable('autoScalingGroup') : null;
}

/** A smaller type of another family that AWS proposes is the step to take first; what a further one would save is not known before. */
function leavesFamilyAnyway(machine: ResourceFacts, current: string, view: SnapshotView): boolean {
  const said = view.awsRecommendation(machine.resourceId, 'ec2Instance');
  if (said?.finding !== 'Overprovisioned') return false;
  const limits = { projectedCpuMaximumPercent: 80, projectedMemoryMaximumPercent: 80 };
  const choice = chooseSmaller(current, said, machine.utilization, limits, (type) => view.policy.mayUseType(machine, type));
  return choice.kind === 'option' && choice.option.target.split('.')[0] !== current.split('.')[0];
}

interface Proposal {
  readonly current: string;
  readonly target: string;
  readonly operatingSystem: Platform['operatingSystem'];
  readonly price: Readonly<Record<'current' | 'target', Exact>>;
}

function conclude(
  machine: ResourceFacts,
  { current, target, operatingSystem, price }: Proposal,
  { limits, view, wanted }: { limits: Asked['thresholds']; view: SnapshotView; wanted: OtherFamily },
): Outcome<OtherFamilyEvidence> {
  const costs = monthlyCosts(machine, view, (kind) => kind === `BoxUsage:${current}`);
  if (isAboveList(costs, price.current, view)) return { kind: 'unknown', missing: ['platform'] };
  const share = new Exact(1).minus(price.target.div(price.current));
  if (share.lte(0) || share.mul(100).lt(limits.minimumSavingsPercent)) return { kind: 'healthy' };
  const change = { share, targetMeterKind: `BoxUsage:${target}` };
  const savings = savingsOf(costs, view, change);
  return {
    kind: 'finding',
    evidence: {
      instanceType: current,
      targetType: target,
      operatingSystem,
      savingsPercent: share.mul(100).toDecimalPlaces(1).toFixed(),
      monthlyCost: amountOf(effectiveMonthly(costs)),
      monthlySavings: savings.expected,
    },
    savings,
    confidence: confidenceOf(wanted.confidence, {
      ...Object.fromEntries(wanted.doubts.map((doubt) => [doubt, true])),
      vendorSupport: operatingSystem !== 'Linux',
      purposeUnknown: !isPurposeKnown(machine, view),
      criticalWorkload: isCritical(machine, view),
      commitmentFloats: isCovered(costs),
      shortHistory: isHistoryShort(view, limits.lookbackDays),
    }),
    priceBasis: 'derived',
    effect: effectOn('compute', costs, change),
  };
}

/** For examples: the list price of a Linux machine in Tokyo. */
export function exampleInstancePrice(instanceType: string, amountPerUnit: string): Price {
  return {
    question: instancePrice({ regionId: 'ap-northeast-1', instanceType, operatingSystem: 'Linux' }),
    answer: { kind: 'price', amountPerUnit, unit: 'Hrs', currency: 'USD', sku: 'EXAMPLE' },
    readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
  };
}
