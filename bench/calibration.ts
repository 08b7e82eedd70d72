import { detectors } from '../src/advice/detectors/index.ts';
import type { Recommendation } from '../src/advice/recommendation.ts';
import { createEstate } from '../src/sandbox/estate/index.ts';
import { runTrial, TRUTH_AS_OF } from './advice-against-truth.ts';
import { atMost, type Bench, type Figure, information, table } from './support/bench.ts';

/** Small companies hold every kind of waste, and 200 of them take minutes. */
const DEFAULT_RESOURCES = 150;
/** Rounding of a month. */
const CENT = 0.01;
/** By how much a bucket may miss what it says, plus what chance makes of so few (two standard errors). */
const TOLERANCE = 0.05;

/** One finding on a planted waste, with what the bill of the four weeks to come really loses without it. */
export interface Shot {
  readonly kind: string;
  readonly says: number;
  readonly truth: number;
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/**
 * How often the true saving lies inside the range, beside how often the confidence says it does. The companies' weeks differ as real ones do; the
 * truth is the sandbox's own replay of the weeks to come and knows nothing of the rules' arithmetic.
 */
export const calibration: Bench = async ({ seeds, resources, print }) => {
  const shots = await shotsOf(seeds, resources ?? DEFAULT_RESOURCES);
  print(bucketTable(shots));
  print(`\n${tableOf('range', halvesOf(shots))}`);
  print(`\n${kindTable(shots)}`);
  return figuresOf(shots, seeds);
};

export async function shotsOf(seeds: number, resources: number): Promise<Shot[]> {
  const shots: Shot[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const estate = createEstate({ seed, asOf: TRUTH_AS_OF, resources, unsteady: true });
    const { matches } = await runTrial(estate, detectors);
    for (const { waste, found } of matches) if (found && isComparable(found)) shots.push(shotOf(waste, found));
  }
  return shots;
}

/** The truth of a commitment is the best purchase, ours is the first tranche of it: not one figure. */
function isComparable({ effect }: Recommendation): boolean {
  return effect.component !== 'commitment';
}

function shotOf(
  waste: { readonly kind: string; readonly avoidableMonthlyCost: string },
  { confidence, savings }: Recommendation,
): Shot {
  const [low, expected, high] = [Number(savings.low), Number(savings.expected), Number(savings.high)];
  return { kind: waste.kind, says: confidence.level, truth: Number(waste.avoidableMonthlyCost), low, expected, high };
}

const isInside = ({ truth, low, high }: Shot): boolean => truth >= low - CENT && truth <= high + CENT;

export interface Bucket {
  readonly name: string;
  readonly count: number;
  readonly inside: number;
  readonly says: number;
  /** Width of the ranges per expected saving, on average: a range that says nothing is always right. */
  readonly width: number;
}

function bucketOf(name: string, shots: readonly Shot[]): Bucket {
  const mean = (of: (shot: Shot) => number): number => shots.reduce((sum, shot) => sum + of(shot), 0) / Math.max(1, shots.length);
  return {
    name,
    count: shots.length,
    inside: mean((shot) => Number(isInside(shot))),
    says: mean((shot) => shot.says),
    width: mean((shot) => (shot.expected > 0 ? (shot.high - shot.low) / shot.expected : 0)),
  };
}

/** By what the confidence says, in steps of five percent. */
export function bucketsOf(shots: readonly Shot[]): Bucket[] {
  const groups = Map.groupBy(shots, ({ says }) => Math.floor(says * 20 + 1e-9) / 20);
  return [...groups].sort(([a], [b]) => a - b).map(([from, group]) => bucketOf(`${(from * 100).toFixed(0)} % and more`, group));
}

/**
 * A doubt that only people can settle (what is it for, does it fit) lets a range begin at zero, where the sandbox, in which every waste can be acted
 * on, cannot miss it: the other half is what usage alone was asked.
 */
export function halvesOf(shots: readonly Shot[]): Bucket[] {
  const halves = Map.groupBy(shots, ({ low }) => (low <= CENT ? 'from zero, for a doubt' : 'from usage alone'));
  return [...halves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => bucketOf(name, group));
}

/** What so many shots may miss by. */
export function allowedMiss({ count, says }: Bucket): number {
  return TOLERANCE + 2 * Math.sqrt((says * (1 - says)) / Math.max(1, count));
}

const HEAD = ['findings', 'inside the range', 'says', 'width / expected'];
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const rowOf = ({ name, count, inside, says, width }: Bucket) => [name, count, percent(inside), percent(says), width.toFixed(2)];

function bucketTable(shots: readonly Shot[]): string {
  return tableOf('confidence', bucketsOf(shots));
}

function tableOf(what: string, buckets: readonly Bucket[]): string {
  return table([what, ...HEAD], buckets.map(rowOf));
}

function kindTable(shots: readonly Shot[]): string {
  const kinds = [...Map.groupBy(shots, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1));
  return tableOf(
    'kind',
    kinds.map(([kind, group]) => bucketOf(kind, group)),
  );
}

function figuresOf(shots: readonly Shot[], seeds: number): Figure[] {
  const exact = shots.filter(({ truth, expected }) => Math.abs(truth - expected) <= CENT).length;
  return [
    information('estates', seeds),
    information('findings with a truth', shots.length),
    information('of them exactly as expected', shots.length === 0 ? 0 : exact / shots.length),
    ...[...bucketsOf(shots), ...halvesOf(shots)].map((bucket) =>
      atMost(`|inside - says|: ${bucket.name}`, Math.abs(bucket.inside - bucket.says), Number(allowedMiss(bucket).toFixed(4))),
    ),
  ];
}
