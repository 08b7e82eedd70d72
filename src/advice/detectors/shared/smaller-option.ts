import type { AwsRecommendation, AwsRecommendationOption } from '../../../ledger/aws-recommendation.ts';
import type { Utilization } from '../../../ledger/utilization.ts';
import { isArm, memoryGibOf, vcpusOf } from './ec2.ts';

export interface SizeLimits {
  readonly projectedCpuMaximumPercent: number;
  readonly projectedMemoryMaximumPercent: number;
}

/** An option that holds, and what we expect of it. */
export interface SmallerOption {
  readonly target: string;
  readonly projectedCpuMaximumPercent: number;
  /** null: memory is not measured. */
  readonly projectedMemoryMaximumPercent: number | null;
  readonly platformDiffers: boolean;
}

/** `cpuUnknown`: there are options, but neither AWS nor we can project their CPU. */
export type Choice =
  | { readonly kind: 'option'; readonly option: SmallerOption }
  | { readonly kind: 'none' }
  | { readonly kind: 'cpuUnknown' };

/** Another chip, another image format or lost local disks: not the same machine in another size. */
const OTHER_MACHINE = new Set(['Architecture', 'VirtualizationType', 'InstanceStoreAvailability']);

/**
 * The first option in AWS's order that stays on the architecture and below the limits. CPU grows as the vCPUs shrink (so does Cost Explorer's
 * own projection on 2,288 of 2,288 rows of a public export); where AWS projects more, AWS's figure counts. Measured memory must fit.
 */
export function chooseSmaller(
  current: string,
  said: AwsRecommendation,
  measured: Utilization | null,
  limits: SizeLimits,
  mayUse: (instanceType: string) => boolean = () => true,
): Choice {
  const options = said.options
    .toSorted((a, b) => a.rank - b.rank || (a.target < b.target ? -1 : 1))
    .filter((option) => option.target !== current && isSameKind(current, option) && mayUse(option.target));
  let sawUnknown = false;
  for (const option of options) {
    const cpu = projectedCpu(current, option, measured);
    sawUnknown ||= cpu === null;
    const memory = projectedMemory(current, option.target, measured);
    if (cpu === null || cpu >= limits.projectedCpuMaximumPercent || !fits(memory, limits)) continue;
    return {
      kind: 'option',
      option: {
        target: option.target,
        projectedCpuMaximumPercent: cpu,
        projectedMemoryMaximumPercent: typeof memory === 'number' ? memory : null,
        platformDiffers: option.platformDifferences.length > 0,
      },
    };
  }
  return { kind: sawUnknown ? 'cpuUnknown' : 'none' };
}

function isSameKind(current: string, { target, platformDifferences }: AwsRecommendationOption): boolean {
  const isInstance = /^(db\.)?[a-z0-9-]+\.[a-z0-9]+$/.test(target);
  const bare = (type: string): string => type.replace(/^db\./, '');
  return (
    isInstance && isArm(bare(current)) === isArm(bare(target)) && !platformDifferences.some((item) => OTHER_MACHINE.has(item))
  );
}

function projectedCpu(current: string, option: AwsRecommendationOption, measured: Utilization | null): number | null {
  const [from, to] = [vcpusOf(current), vcpusOf(option.target)];
  const cpu = measured?.cpuMaximumPercent;
  const ours = cpu === undefined || from === null || to === null ? null : (cpu * from) / to;
  const theirs = option.projectedCpuMaximumPercent;
  if (ours === null && theirs === null) return null;
  return Math.round(Math.max(ours ?? 0, theirs ?? 0) * 10) / 10;
}

function projectedMemory(current: string, target: string, measured: Utilization | null): number | 'notMeasured' | 'sizeUnknown' {
  const memory = measured?.memoryMaximumPercent;
  if (memory === undefined) return 'notMeasured';
  const [from, to] = [memoryGibOf(current), memoryGibOf(target)];
  return from === null || to === null ? 'sizeUnknown' : Math.round(((memory * from) / to) * 10) / 10;
}

/** Memory that is measured on a type whose size we do not know cannot be shown to fit. */
function fits(memory: ReturnType<typeof projectedMemory>, limits: SizeLimits): boolean {
  return memory === 'notMeasured' || (memory !== 'sizeUnknown' && memory < limits.projectedMemoryMaximumPercent);
}
