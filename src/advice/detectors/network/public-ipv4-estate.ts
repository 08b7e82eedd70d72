import { z } from 'zod';
import { Exact, plain } from '../../../kernel/money.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { amountOf, effectiveMonthly, isStillBilled, monthlyCosts, rangeOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { dailyLines, EXAMPLE_ACCOUNT_ID, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { accountSubject } from '../shared/account.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { monthlyCost } from '../shared/evidence.ts';

/** Billed since February 2024, whoever holds it: machine, load balancer, NAT gateway, VPN (AWS News Blog, 2023-07-28). */
const IN_USE = 'PublicIPv4:InUseAddress';

const thresholds = z.strictObject({
  minimumAddressCount: z
    .int()
    .min(2)
    .max(10_000)
    .default(10)
    .describe('Public addresses in use in the account from which it is worth asking who needs one.'),
});

const evidence = z.strictObject({
  addressCount: z.int().describe('Public IPv4 addresses that are billed as in use.'),
  minimumAddressCount: z.int().describe('The number from which it is looked at.'),
  monthlyCost,
});

export type PublicIpv4EstateEvidence = z.infer<typeof evidence>;

const address = (index: number): ResourceFacts =>
  exampleResource({
    resourceId: `arn:aws:ec2:ap-northeast-1:111122223333:elastic-ip/eipalloc-0123456789abcde${String(index).padStart(2, '0')}`,
    resourceType: 'PublicIpv4Address',
    lines: dailyLines({ serviceName: SERVICE.vpc, meterKind: IN_USE, usageQuantity: '24', billedCost: '0.12' }),
  });

/** Only a signal: each address is in use, and only people can tell which machine needs to be reached from the internet. */
export const publicIpv4Estate = defineDetector({
  id: 'public-ipv4-estate',
  revision: 1,
  category: 'network',
  bestPractices: ['COST08-BP01', 'COST08-BP02'],
  resourceType: 'Account',
  actionType: 'ScaleIn',
  effort: 'Medium',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 7 }],
  worksWith: ['CostExplorerByResource', 'CUR', 'FOCUS'],
  thresholds,
  evidence,
  select: (view) => [...addressesByAccount(view).keys()].map(accountSubject),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(exampleSnapshot({ resources: Array.from({ length: 12 }, (_, index) => address(index)) })),
    evidence: { addressCount: 12, minimumAddressCount: 10, monthlyCost: '43.8' },
  },
  evaluate,
});

function evaluate(
  { accountId }: Subject,
  { thresholds: limits, view }: EvaluateContext<z.infer<typeof thresholds>>,
): Outcome<PublicIpv4EstateEvidence> {
  const costs = (addressesByAccount(view).get(accountId) ?? [])
    .map((resource) => effectiveMonthly(monthlyCosts(resource, view, (kind) => kind === IN_USE)))
    .filter((cost) => cost.gt(0));
  if (costs.length < limits.minimumAddressCount) return { kind: 'healthy' };
  const total = costs.reduce((sum, cost) => sum.plus(cost), new Exact(0));
  return {
    kind: 'finding',
    evidence: { addressCount: costs.length, minimumAddressCount: limits.minimumAddressCount, monthlyCost: amountOf(total) },
    savings: rangeOf(new Exact(0), new Exact(0), total),
    confidence: confidenceOf(0.95, { billOnly: true }),
    priceBasis: 'observed',
    effect: { component: '*', monthlyCost: plain(total) },
  };
}

const known = new WeakMap<SnapshotView, ReadonlyMap<string, readonly ResourceFacts[]>>();

/** Worked out once a run. */
function addressesByAccount(view: SnapshotView): ReadonlyMap<string, readonly ResourceFacts[]> {
  const found =
    known.get(view) ??
    Map.groupBy(
      view.snapshot.resources.filter(
        ({ lines, ...rest }) => isStillBilled({ lines, ...rest }, view) && lines.some(({ meterKind }) => meterKind === IN_USE),
      ),
      ({ accountId }) => accountId,
    );
  known.set(view, found);
  return found;
}
