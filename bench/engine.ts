import { z } from 'zod';
import { advise } from '../src/advice/advise.ts';
import { defineDetector } from '../src/advice/define-detector.ts';
import type { Detector, Outcome } from '../src/advice/detector.ts';
import { exampleResource, exampleSnapshot } from '../src/advice/example-facts.ts';
import { judge } from '../src/advice/judge.ts';
import { type SnapshotView, viewOf } from '../src/advice/snapshot-view.ts';
import type { ResourceFacts } from '../src/ledger/resource.ts';
import type { ResourceType } from '../src/ledger/resource-type.ts';
import type { Snapshot } from '../src/ledger/snapshot.ts';
import { catalogueFigures } from './engine-catalogue.ts';
import { atLeast, type Bench, information, median, table } from './support/bench.ts';

const DEFAULT_RESOURCES = 100_000;
const ROUNDS = 5;
const TYPES: readonly ResourceType[] = [
  'Ec2Instance',
  'EbsVolume',
  'RdsDbInstance',
  'NatGateway',
  'LoadBalancer',
  'PublicIpv4Address',
];
const RULES_PER_TYPE = 4;

/**
 * The whole catalogue over a stream of resources, and rules of it beside the same in SQL. Then what the engine adds to its rules: the single pass beside a loop written by hand for the same conditions, and beside the plain way of
 * filtering all resources once a rule. All three find the same.
 */
export const engine: Bench = async ({ resources, print }) => {
  const count = resources ?? DEFAULT_RESOURCES;
  const snapshot = manyResources(count);
  const view = viewOf(snapshot);
  const rules = TYPES.flatMap((type, place) =>
    Array.from({ length: RULES_PER_TYPE }, (_, index) => rule(type, place * RULES_PER_TYPE + index)),
  );
  const contenders: Readonly<Record<string, () => number>> = {
    'single pass (the engine)': () => judge(view, rules).counts.findings,
    'hand-written loop': () => byHand(snapshot),
    'one filter a rule': () => ruleByRule(rules, view),
  };
  const rounds = Object.keys(contenders).map((name) => ({ name, findings: 0, milliseconds: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of rounds) {
      const start = performance.now();
      contender.findings = contenders[contender.name]?.() ?? 0;
      contender.milliseconds.push(performance.now() - start);
    }
  }
  const timed = rounds.map(({ name, findings, milliseconds }) => ({ name, findings, milliseconds: median(milliseconds) }));
  print(
    table(
      ['way', 'findings', 'resources/s'],
      timed.map((one) => [one.name, one.findings, Math.round((count / one.milliseconds) * 1000)]),
    ),
  );
  const [ours = 0, byHandTime = 0, filters = 0] = timed.map((one) => one.milliseconds);
  return [
    ...(await catalogueFigures({ count, print })),
    information('resources', count),
    information('rules', rules.length),
    atLeast('ways that find the same', timed.filter((one) => one.findings === timed[0]?.findings).length, timed.length),
    atLeast('speed beside a hand-written loop', byHandTime / ours, 0.25, 'x'),
    atLeast('speed beside one filter a rule', filters / ours, 0.9, 'x'),
    information('whole turn (judge to totals), resources a second', wholeTurn(snapshot, rules)),
  ];
};

function wholeTurn(snapshot: Snapshot, rules: readonly Detector[]): number {
  const part = { ...snapshot, resources: snapshot.resources.slice(0, 10_000) };
  const start = performance.now();
  advise({ snapshot: part, detectors: rules, previous: [] });
  return Math.round((part.resources.length / (performance.now() - start)) * 1000);
}

function manyResources(count: number): Snapshot {
  const resources = Array.from({ length: count }, (_, index) =>
    exampleResource({
      resourceId: `r-${index}`,
      resourceType: TYPES[index % TYPES.length] ?? 'Other',
      utilization: { source: 'CloudWatch', lookbackDays: 14, asOf: '2026-11-24', cpuMaximumPercent: (index * 7919) % 100 },
    }),
  );
  return exampleSnapshot({ resources });
}

/** True of a small share of the resources, and of another one for each rule. */
function isHit(resource: ResourceFacts, number: number): boolean {
  const cpu = resource.utilization?.cpuMaximumPercent;
  return cpu !== undefined && cpu >= number && cpu < number + 2;
}

function findingOf(number: number): Outcome<{ number: number }> {
  return {
    kind: 'finding',
    evidence: { number },
    savings: { low: '1', expected: '2', high: '3' },
    confidence: { level: 0.5, because: [] },
    priceBasis: 'observed',
    effect: { component: 'compute', monthlyCost: '10' },
  };
}

function rule(resourceType: ResourceType, number: number): Detector {
  const subject = exampleResource({ resourceId: 'r-0', resourceType });
  return defineDetector({
    id: `bench-rule-${number}`,
    revision: 1,
    category: 'compute',
    bestPractices: ['COST06-BP02'],
    resourceType,
    actionType: 'Rightsize',
    effort: 'Low',
    rollbackPossible: true,
    restartNeeded: false,
    reads: [],
    worksWith: ['CUR'],
    thresholds: z.strictObject({}),
    evidence: z.strictObject({ number: z.number() }),
    example: { subject, evidence: { number }, view: viewOf(exampleSnapshot()) },
    evaluate: (resource: ResourceFacts) => (isHit(resource, number) ? findingOf(number) : { kind: 'healthy' }),
  });
}

/** As fast as plain code can be: the conditions, the same records and the same counts; no strict thresholds, no checked evidence. */
function byHand({ resources }: Snapshot): number {
  const places = new Map(TYPES.map((type, place) => [type, place * RULES_PER_TYPE]));
  const counts = { findings: 0, healthy: 0 };
  const kept: { resource: ResourceFacts; outcome: Outcome }[] = [];
  for (const resource of resources) {
    const first = places.get(resource.resourceType) ?? 0;
    for (let number = first; number < first + RULES_PER_TYPE; number++) {
      if (isHit(resource, number)) {
        counts.findings += 1;
        kept.push({ resource, outcome: findingOf(number) });
      } else counts.healthy += 1;
    }
  }
  return counts.findings + counts.healthy === resources.length * RULES_PER_TYPE ? kept.length : 0;
}

function ruleByRule(rules: readonly Detector[], view: SnapshotView): number {
  return rules.reduce((findings, detector) => {
    const subjects = view.snapshot.resources.filter((resource) => resource.resourceType === detector.resourceType);
    return (
      findings +
      subjects.map((subject) => detector.evaluate(subject, view)).filter((outcome) => outcome.kind === 'finding').length
    );
  }, 0);
}
