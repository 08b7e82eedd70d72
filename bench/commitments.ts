import highsModule from 'highs';
import { applyCommitments } from '../src/commitments/apply.ts';
import { familyLevel } from '../src/commitments/family-plan.ts';
import { jointPlan } from '../src/commitments/joint-plan.ts';
import { type HourlyUsage, hoursOf } from '../src/commitments/usage.ts';
import { atLeast, atMost, type Bench, information, median, table } from './support/bench.ts';

/** The package is CommonJS whose module is the loader itself; its types speak of a default export. */
const loadHighs = highsModule as unknown as typeof highsModule.default;

const FAMILIES = 200;
const HOURS = 8_760;
const ROUNDS = 3;

/**
 * The optimiser beside one replay in AWS's order (what checking a single purchase costs) and beside a linear program of one family: how
 * fast it is, and how near to the optimum it says and is.
 */
export const commitments: Bench = async ({ print }) => {
  const usage = manyFamilies(FAMILIES, HOURS);
  const poolRates = Float64Array.from({ length: FAMILIES }, (_, family) => 0.62 + 0.2 * dice(family, 1));
  const familyRates = poolRates.map((rate, family) => rate * (0.84 + 0.1 * dice(family, 2)));
  const nothing = { familyRates, poolRates, familyLevels: new Float64Array(FAMILIES), poolCommitment: 50 };
  const replay = timed(() => applyCommitments(usage, nothing));
  let gap = 1;
  const joint = timed(() => {
    gap = jointPlan(usage, familyRates, poolRates).certifiedGap;
  });
  const one = hoursOf(usage, 0);
  const scratch = new Float64Array(HOURS);
  const single = timed(() => void familyLevel(one, 0.72, scratch), 51);
  const highs = await loadHighs();
  const program = linearProgram(one, 0.72);
  let bestByProgram = 0;
  const linear = timed(() => {
    bestByProgram = highs.solve(program).ObjectiveValue / HOURS;
  });
  const level = familyLevel(one, 0.72);
  const ours = 0.72 * level + one.reduce((sum, cost) => sum + Math.max(0, cost - level), 0) / HOURS;
  print(
    table(
      ['what', 'ms'],
      [
        [`one replay of ${FAMILIES} x ${HOURS} h in AWS's order`, Number(replay.toFixed(1))],
        ['all families and the pool at once', Number(joint.toFixed(1))],
        ['one family, exact', Number(single.toFixed(3))],
        ['one family, linear program', Number(linear.toFixed(1))],
      ],
    ),
  );
  return [
    information('families', FAMILIES),
    information('hours', HOURS),
    atMost('joint optimum beside one replay', joint / replay, 150, 'x'),
    atLeast('one family: faster than the linear program', linear / single, 1_000, 'x'),
    atMost('certified gap of the joint optimum', gap, 1e-4),
    atMost('one family: dearer than the linear program', Math.abs(ours / bestByProgram - 1), 1e-9),
  ];
};

function timed(work: () => void, rounds = ROUNDS): number {
  const milliseconds = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(milliseconds);
}

/** The same number from 0 to 1 for the same pair. */
function dice(a: number, b: number): number {
  let mixed = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}

/** Steady, by day and night, growing, and migrating families, with noise. */
function manyFamilies(families: number, hours: number): HourlyUsage {
  const onDemandCost = new Float64Array(families * hours);
  for (let family = 0; family < families; family += 1) {
    const size = 1 + 20 * dice(family, 3) ** 3;
    for (let hour = 0; hour < hours; hour += 1) {
      const day = family % 4 === 1 ? 0.35 + 0.65 * Math.max(0, Math.sin(((hour % 24) / 24) * 2 * Math.PI)) : 1;
      const growth = family % 4 === 2 ? 0.5 + hour / hours : 1;
      const moving = family % 4 === 3 ? Number(hour / hours > dice(family, 4)) : 1;
      onDemandCost[family * hours + hour] = size * day * growth * moving * (0.85 + 0.3 * dice(family, 10 + hour));
    }
  }
  return { families: Array.from({ length: families }, (_, family) => `family ${family}`), hours, onDemandCost };
}

function linearProgram(hours: Float64Array, rate: number): string {
  const spills = [...hours.keys()].map((hour) => `s${hour}`).join(' + ');
  const rules = [...hours].map((cost, hour) => ` K + s${hour} >= ${cost.toFixed(12)}`);
  return ['Minimize', ` obj: ${(hours.length * rate).toFixed(12)} K + ${spills}`, 'Subject To', ...rules, 'End'].join('\n');
}
