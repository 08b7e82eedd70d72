import { z } from 'zod';
import { Exact } from '../../../kernel/money.ts';
import { type ResourceFacts, tagValue } from '../../../ledger/resource.ts';
import { SERVICE } from '../../../ledger/service.ts';
import type { PlannedWorkload, Snapshot } from '../../../ledger/snapshot.ts';
import { amountOf, effectiveMonthly, isStillBilled, monthlyCosts } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { dailyLines, EXAMPLE_ACCOUNT_ID, exampleResource, exampleSnapshot, exampleWave } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { accountSubject } from '../shared/account.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { NO_CLAIM } from '../shared/no-claim.ts';
import { workloadOf } from '../shared/wave.ts';

/** The tag of AWS's Migration Acceleration Program; credits follow what carries it with a value. */
const KEY = 'map-migrated';

const thresholds = z.strictObject({
  minimumMonthlyCost: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(50)
    .describe('What the resources without the tag cost a month together, in the currency of the bill, reaches this.'),
});

const evidence = z.strictObject({
  workloads: z.string().describe('The workloads of the plan in which some resources carry the tag and others do not.'),
  untaggedCount: z.int().describe('Resources without a value for the tag.'),
  untaggedCost: z.string().describe('What they cost in a month of 730 hours.'),
});

export type MapTagMissingEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

const machine = (name: string, tags: readonly { key: string; value: string }[]) =>
  exampleResource({
    resourceId: name,
    resourceType: 'Ec2Instance',
    operation: 'RunInstances',
    tags: [{ key: 'System', value: 'order' }, ...tags],
    lines: dailyLines({
      serviceName: SERVICE.ec2Compute,
      meterKind: 'BoxUsage:m5.large',
      usageQuantity: '24',
      billedCost: '2.976',
    }),
  });

/**
 * Resources of a workload of which others take part in the Migration Acceleration Program, and whose tags are known. What the programme pays
 * stands in a contract that no bill shows, so nothing is claimed.
 */
export const mapTagMissing = defineDetector({
  id: 'map-tag-missing',
  revision: 1,
  category: 'migration',
  bestPractices: ['COST03-BP02', 'COST03-BP06'],
  resourceType: 'Account',
  actionType: 'Upgrade',
  effort: 'VeryLow',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [
    { fact: 'usageByResource', lookbackDays: 7 },
    { fact: 'plan', lookbackDays: 1 },
  ],
  worksWith: ['CUR', 'FOCUS', 'ComputeOptimizer'],
  thresholds,
  evidence,
  select: (view) => [...placesOf(view).keys()].map(accountSubject),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(
      exampleSnapshot({
        workloads: [exampleWave()],
        resources: [machine('i-0123456789abcdef7', [{ key: KEY, value: 'migEXAMPLE' }]), machine('i-0123456789abcdef8', [])],
      }),
    ),
    evidence: { workloads: 'order', untaggedCount: 1, untaggedCost: '90.52' },
  },
  evaluate,
});

function evaluate({ accountId }: Subject, { thresholds: limits, view }: Context): Outcome<MapTagMissingEvidence> {
  const missing = placesOf(view).get(accountId) ?? [];
  const cost = missing.reduce((sum, { resource }) => sum.plus(effectiveMonthly(monthlyCosts(resource, view))), new Exact(0));
  if (missing.length === 0 || cost.lt(limits.minimumMonthlyCost)) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: {
      workloads: [...new Set(missing.map(({ workload }) => workload.workload))].sort().join(', '),
      untaggedCount: missing.length,
      untaggedCost: amountOf(cost),
    },
    confidence: confidenceOf(0.95, {}),
    ...NO_CLAIM,
  };
}

interface Missing {
  readonly resource: ResourceFacts;
  readonly workload: PlannedWorkload;
}

const known = new WeakMap<Snapshot, ReadonlyMap<string, readonly Missing[]>>();

/** By account; worked out once a run. A resource without any known tag may merely not have been asked. */
function placesOf(view: SnapshotView): ReadonlyMap<string, readonly Missing[]> {
  const found = known.get(view.snapshot) ?? missingByAccount(view);
  known.set(view.snapshot, found);
  return found;
}

function missingByAccount(view: SnapshotView): ReadonlyMap<string, readonly Missing[]> {
  const members = view.snapshot.resources.flatMap((resource) => {
    if (resource.tags.length === 0 || !isStillBilled(resource, view)) return [];
    const workload = workloadOf(resource, view);
    return workload === null ? [] : [{ resource, workload, isTagged: (tagValue(resource.tags, KEY) ?? '').trim() !== '' }];
  });
  const takingPart = new Set(members.filter(({ isTagged }) => isTagged).map(({ workload }) => workload));
  const missing = members.filter(({ isTagged, workload }) => !isTagged && takingPart.has(workload));
  return Map.groupBy(missing, ({ resource }) => resource.accountId);
}
