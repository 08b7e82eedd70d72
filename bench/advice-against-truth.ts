import { advise } from '../src/advice/advise.ts';
import { isLive } from '../src/advice/deduplicate.ts';
import type { Detector } from '../src/advice/detector.ts';
import { detectors } from '../src/advice/detectors/index.ts';
import type { Recommendation } from '../src/advice/recommendation.ts';
import type { Day } from '../src/kernel/calendar.ts';
import { createEstate, WASTE_DETECTORS } from '../src/sandbox/estate/index.ts';
import type { Decoy, Estate, PlantedWaste } from '../src/sandbox/estate/types.ts';
import { atLeast, atMost, type Bench, type Figure, information, table } from './support/bench.ts';
import { estateSnapshot } from './support/estate-snapshot.ts';

/** Fixed, so that two runs can be compared. */
export const TRUTH_AS_OF: Day = '2026-11-24';

/** As the sandbox has by default. */
const DEFAULT_RESOURCES = 2_000;

/** What one estate planted and what the advice made of it. */
export interface Trial {
  readonly seed: number;
  readonly wastes: readonly PlantedWaste[];
  readonly decoys: readonly Decoy[];
  readonly recommendations: readonly Recommendation[];
  /** Findings of the rules that look for planted kinds, on what was neither planted nor a decoy. */
  readonly unplanted: readonly Recommendation[];
  /** On a planted resource, beside what was planted on it: an upgrade of an oversized machine is true, and its money is stacked. */
  readonly secondClaims: readonly Recommendation[];
  readonly decoysHit: readonly Recommendation[];
  readonly matches: readonly { readonly waste: PlantedWaste; readonly found: Recommendation | null }[];
}

/** The advice on estates whose truth is known: what is found, what is not, what is found in error, and how far the money is off. */
export const adviceAgainstTruth: Bench = async ({ seeds, resources, print }) => {
  const trials: Trial[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const trial = await runTrial(createEstate({ seed, asOf: TRUTH_AS_OF, resources: resources ?? DEFAULT_RESOURCES }), detectors);
    trials.push(trial);
    print(trialText(trial));
  }
  print(`\n${kindTable(trials)}`);
  return figuresOf(trials);
};

function kindsOf(trials: readonly Trial[]): string[] {
  return Object.keys(WASTE_DETECTORS).filter((kind) => trials.some((trial) => trial.wastes.some((waste) => waste.kind === kind)));
}

export async function runTrial(estate: Estate, rules: readonly Detector[]): Promise<Trial> {
  const snapshot = await estateSnapshot(estate, rules);
  const { recommendations } = advise({ snapshot, detectors: rules, previous: [] });
  const live = recommendations.filter(isLive);
  const wastes = estate.wastes();
  const decoys = estate.decoys();
  const matches = wastes.map((waste) => ({ waste, found: live.find((item) => isAbout(item, waste)) ?? null }));
  const planted = new Set(wastes.map((waste) => waste.resourceId));
  const decoyed = new Set(decoys.map((decoy) => decoy.resourceId));
  const looked = new Set<string | null>(Object.values(WASTE_DETECTORS));
  // What another recommendation supersedes claims nothing.
  const claims = live.filter((item) => item.supersededBy === null && looked.has(item.detectorId));
  const matched = new Set(matches.map(({ found }) => found));
  const isDecoy = ({ resourceId }: Recommendation): boolean => resourceId !== null && decoyed.has(resourceId);
  return {
    seed: estate.seed,
    wastes,
    decoys,
    recommendations: live,
    matches,
    decoysHit: claims.filter(isDecoy),
    secondClaims: claims.filter((item) => !matched.has(item) && item.resourceId !== null && planted.has(item.resourceId)),
    unplanted: claims.filter(
      (item) => !matched.has(item) && !isDecoy(item) && !(item.resourceId !== null && planted.has(item.resourceId)),
    ),
  };
}

/** Where the truth names an account for a resource, the waste is the account's (or its payer's) usage. */
function isAbout(item: Recommendation, waste: PlantedWaste): boolean {
  if (item.detectorId !== ruleFor(waste.kind)) return false;
  if (waste.resourceId === waste.accountId) return item.resourceId === null && item.accountId === waste.accountId;
  return item.resourceId === waste.resourceId && item.accountId === waste.accountId;
}

function ruleFor(kind: string): string | null {
  return (WASTE_DETECTORS as Readonly<Record<string, string | null>>)[kind] ?? null;
}

interface KindResult {
  readonly planted: number;
  readonly found: number;
  /** Of what was found. */
  readonly truth: number;
  readonly expected: number;
  /** Sum of |expected - truth| / sum of truth; 1 when nothing was found. */
  readonly error: number;
  /** Truth inside low..high. */
  readonly inRange: number;
}

function resultOf(trials: readonly Trial[], kind: string): KindResult {
  const all = trials.flatMap((trial) => trial.matches).filter(({ waste }) => waste.kind === kind);
  const found = all.flatMap(({ waste, found: item }) =>
    item ? [{ truth: Number(waste.avoidableMonthlyCost), savings: item.savings }] : [],
  );
  const sum = (of: (item: (typeof found)[number]) => number): number => found.reduce((total, item) => total + of(item), 0);
  const truth = sum((item) => item.truth);
  return {
    planted: all.length,
    found: found.length,
    truth,
    expected: sum((item) => Number(item.savings.expected)),
    error: truth === 0 ? 1 : sum((item) => Math.abs(Number(item.savings.expected) - item.truth)) / truth,
    inRange: found.filter(({ truth: one, savings }) => one >= Number(savings.low) - CENT && one <= Number(savings.high) + CENT)
      .length,
  };
}

const CENT = 0.01;
/** Of the money found. */
const MONEY_GOAL = 0.1;
/** A commitment is sized on daily data and proposed as a first tranche of 70 %, so its saving is below the optimum on purpose. */
const TRANCHE_GOAL: Readonly<Record<string, number>> = { computeUsageUncovered: 0.35 };

export function figuresOf(trials: readonly Trial[]): Figure[] {
  const judged = kindsOf(trials).filter((kind) => ruleFor(kind) !== null);
  const all = judged.map((kind) => resultOf(trials, kind));
  const [planted, found] = [all.reduce((sum, one) => sum + one.planted, 0), all.reduce((sum, one) => sum + one.found, 0)];
  const unplanted = trials.reduce((sum, trial) => sum + trial.unplanted.length, 0);
  const secondClaims = trials.reduce((sum, trial) => sum + trial.secondClaims.length, 0);
  const decoysHit = trials.reduce((sum, trial) => sum + trial.decoysHit.length, 0);
  return [
    information('estates', trials.length),
    information('planted wastes of kinds that a rule looks for', planted),
    information('planted wastes of kinds that no rule looks for', trials.flatMap((trial) => trial.wastes).length - planted),
    atLeast('recall', planted === 0 ? 0 : found / planted, 1),
    atLeast('precision', found === 0 ? 0 : found / (found + unplanted + decoysHit), 1),
    information('further findings on planted resources', secondClaims),
    information('decoys', trials.flatMap((trial) => trial.decoys).length),
    atMost('decoys hit', decoysHit, 0),
    ...judged.flatMap((kind, index) => {
      const one = all[index];
      if (!one) return [];
      const recall = atLeast(`recall: ${kind}`, one.planted === 0 ? 0 : one.found / one.planted, 1);
      // A rule that only points at something claims nothing before somebody looked.
      if (one.found > 0 && one.expected === 0) return [recall, information(`claims no money: ${kind}`, one.found)];
      return [recall, atMost(`money error: ${kind}`, one.error, TRANCHE_GOAL[kind] ?? MONEY_GOAL)];
    }),
  ];
}

function kindTable(trials: readonly Trial[]): string {
  const head = ['kind', 'detector', 'planted', 'found', 'truth/month', 'expected', 'money error', 'in range'];
  const rows = kindsOf(trials).map((kind) => {
    const { planted, found, truth, expected, error, inRange } = resultOf(trials, kind);
    const money = (value: number): number => Math.round(value * 100) / 100;
    return [
      kind,
      ruleFor(kind) ?? '(no rule yet)',
      planted,
      found,
      money(truth),
      money(expected),
      `${(error * 100).toFixed(2)} %`,
      inRange,
    ];
  });
  return table(head, rows);
}

function trialText({ seed, matches, unplanted, decoys, decoysHit }: Trial): string {
  const missed = matches.filter(({ waste, found }) => found === null && ruleFor(waste.kind) !== null);
  const lines = [
    `seed ${seed}: ${matches.filter(({ found }) => found !== null).length} of ${matches.length} planted wastes found, ` +
      `${decoysHit.length} of ${decoys.length} decoys hit, ${unplanted.length} findings on what nobody planted`,
    ...missed.map(({ waste }) => `  missed ${waste.kind} ${waste.accountId} ${waste.resourceId} (${waste.avoidableMonthlyCost})`),
    ...decoysHit.map((item) => `  decoy ${item.detectorId} ${item.accountId} ${item.resourceId}`),
    ...unplanted.map(
      (item) => `  not planted ${item.detectorId} ${item.accountId} ${item.resourceId ?? ''} (${item.savings.expected})`,
    ),
  ];
  return lines.join('\n');
}
