import type { Day } from '../kernel/calendar.ts';

/** How hard a resource worked, as the source measured it. `undefined` means "not measured", never zero. */
export interface Utilization {
  readonly source: 'ComputeOptimizer' | 'CloudWatch';
  readonly lookbackDays: number;
  readonly asOf: Day;
  /** Highest 5-minute maximum over the look-back, 0..100. */
  readonly cpuMaximumPercent?: number;
  /** Only where an agent reports it. */
  readonly memoryMaximumPercent?: number;
  readonly networkInMaximumBytesPerSecond?: number;
  readonly networkOutMaximumBytesPerSecond?: number;
  readonly connectionsMaximum?: number;
  readonly readWriteOperationsPerSecondMaximum?: number;
}
