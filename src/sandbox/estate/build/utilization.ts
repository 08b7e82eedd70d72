import { HOURS_PER_WEEK } from '../asset.ts';
import type { Dice } from '../dice.ts';
import type { EstateUtilization } from '../types.ts';

export const LOOKBACK_DAYS = 14;
const tenth = (value: number): number => Math.round(value * 10) / 10;

interface Range {
  readonly cpu: readonly [number, number];
  readonly memory: readonly [number, number] | null;
  /** Highest bytes a second, each way. */
  readonly network: readonly [number, number];
  readonly operations: readonly [number, number];
  readonly connections?: readonly [number, number];
}

/** Hours on in the look-back, for a machine with these hours. */
export function hoursMeasuredOf(levels: Uint16Array): number {
  const on = levels.reduce((count, level) => count + (level > 0 ? 1 : 0), 0);
  return (on * LOOKBACK_DAYS * 24) / HOURS_PER_WEEK;
}

export function measured(dice: Dice, range: Range, hours: number = LOOKBACK_DAYS * 24): EstateUtilization {
  const cpuMaximumPercent = tenth(dice.whole(range.cpu[0] * 10, range.cpu[1] * 10) / 10);
  return {
    cpuMaximumPercent,
    cpuAveragePercent: tenth(cpuMaximumPercent * (0.25 + dice.next() * 0.3)),
    memoryMaximumPercent: range.memory ? tenth(dice.whole(range.memory[0] * 10, range.memory[1] * 10) / 10) : null,
    networkInMaximumBytesPerSecond: dice.whole(...range.network),
    networkOutMaximumBytesPerSecond: dice.whole(...range.network),
    ebsReadOpsPerSecondMaximum: dice.whole(...range.operations),
    ebsWriteOpsPerSecondMaximum: dice.whole(...range.operations),
    connectionsMaximum: range.connections ? dice.whole(...range.connections) : null,
    hoursMeasured: hours,
  };
}

const agent = (dice: Dice, memory: readonly [number, number]) => (dice.next() < 0.4 ? memory : null);

/** Above 41 % at its highest: on half the size it would pass 80 %. */
export const busy = (dice: Dice, hours?: number): EstateUtilization =>
  measured(dice, { cpu: [41, 84], memory: agent(dice, [45, 82]), network: [40_000, 30_000_000], operations: [20, 900] }, hours);

/** Below 5 % and below 5 MB a day: what Compute Optimizer calls idle. */
export const idle = (dice: Dice, hours?: number): EstateUtilization =>
  measured(dice, { cpu: [1, 4], memory: null, network: [4, 26], operations: [0, 2] }, hours);

/** Burstable sizes differ in memory more than in CPU: without an agent, Compute Optimizer would offer each of them a smaller one. */
export const busyBurstable = (dice: Dice, hours?: number): EstateUtilization =>
  measured(dice, { cpu: [41, 79], memory: [45, 78], network: [40_000, 3_000_000], operations: [10, 300] }, hours);

/** Works, would fit into half the size with room to spare, and would not fit into a quarter. */
export const light = (dice: Dice, hours?: number): EstateUtilization =>
  measured(dice, { cpu: [22, 37], memory: agent(dice, [22, 37]), network: [30_000, 2_000_000], operations: [10, 200] }, hours);

export const busyDatabase = (dice: Dice): EstateUtilization =>
  measured(dice, { cpu: [42, 83], memory: null, network: [50_000, 9_000_000], operations: [60, 2500], connections: [12, 400] });

export const idleDatabase = (dice: Dice): EstateUtilization =>
  measured(dice, { cpu: [1, 3], memory: null, network: [10, 400], operations: [0, 1], connections: [0, 0] });

export const lightDatabase = (dice: Dice): EstateUtilization =>
  measured(dice, { cpu: [22, 37], memory: null, network: [30_000, 900_000], operations: [10, 180], connections: [6, 60] });

/** A NAT gateway has traffic and connections, or neither. */
export const gateway = (bytesPerSecond: number): EstateUtilization => ({
  cpuMaximumPercent: 0,
  cpuAveragePercent: 0,
  memoryMaximumPercent: null,
  networkInMaximumBytesPerSecond: bytesPerSecond,
  networkOutMaximumBytesPerSecond: bytesPerSecond,
  ebsReadOpsPerSecondMaximum: 0,
  ebsWriteOpsPerSecondMaximum: 0,
  connectionsMaximum: bytesPerSecond > 0 ? 3 + Math.ceil(bytesPerSecond / 4000) : 0,
  hoursMeasured: LOOKBACK_DAYS * 24,
});
