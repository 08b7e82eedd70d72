import { exact } from '../../../kernel/money.ts';
import { familyOf, type Machine } from './machine.ts';
import type { Measured } from './measured.ts';

/** Default rightsizing preference: P99.5 of the maxima stays under 80 % (20 % headroom), for CPU and for memory. */
const CEILING_PERCENT = 80;
const MAXIMUM_OPTIONS = 3;

export interface ResizeOption {
  readonly machine: Machine;
  readonly cpuPercent: number;
  /** null: memory was not measured. */
  readonly memoryPercent: number | null;
  /** 0 (very low) to 4. */
  readonly performanceRisk: number;
}

export interface Verdict {
  readonly finding: 'Overprovisioned' | 'Underprovisioned' | 'Optimized';
  readonly isCpuOver: boolean;
  readonly isMemoryOver: boolean;
  readonly isCpuUnder: boolean;
  readonly isMemoryUnder: boolean;
  readonly options: readonly ResizeOption[];
}

/**
 * Under-provisioned: a specification is over the ceiling. Over-provisioned: a cheaper size with less of something stays under it and none
 * is short. Options stay in the class of the machine (m stays m): the sandbox knows no workload types.
 */
export function judgeSize(resource: Measured, current: Machine, sizes: readonly Machine[]): Verdict {
  const { cpuMaximumPercent: cpu, memoryMaximumPercent: memory } = resource.utilization;
  const isCpuUnder = cpu > CEILING_PERCENT;
  const isMemoryUnder = memory !== null && memory > CEILING_PERCENT;
  const isUnder = isCpuUnder || isMemoryUnder;
  const fitting = sizes
    .filter((size) => familyOf(size.instanceType).class === familyOf(current.instanceType).class)
    .filter((size) => (isUnder ? size.hourlyPrice.gt(current.hourlyPrice) : isSmaller(size, current)))
    .map((machine) => optionOf(resource, current, machine))
    .filter(({ cpuPercent, memoryPercent }) => Math.max(cpuPercent, memoryPercent ?? 0) <= CEILING_PERCENT);
  const options = fitting.slice(0, MAXIMUM_OPTIONS);
  const best = options[0]?.machine;
  return {
    finding: isUnder ? 'Underprovisioned' : best ? 'Overprovisioned' : 'Optimized',
    isCpuOver: !isUnder && best !== undefined && best.vcpu < current.vcpu,
    isMemoryOver: !isUnder && best !== undefined && memory !== null && best.memoryGib < current.memoryGib,
    isCpuUnder,
    isMemoryUnder,
    options,
  };
}

function isSmaller(size: Machine, current: Machine): boolean {
  return size.hourlyPrice.lt(current.hourlyPrice) && (size.vcpu < current.vcpu || size.memoryGib < current.memoryGib);
}

/** Projected utilisation = current x what there is / what there would be. */
function optionOf({ utilization }: Measured, current: Machine, machine: Machine): ResizeOption {
  const { cpuMaximumPercent: cpu, memoryMaximumPercent: memory } = utilization;
  const cpuPercent = scaled(cpu, current.vcpu, machine.vcpu);
  const memoryPercent = memory === null ? null : scaled(memory, current.memoryGib, machine.memoryGib);
  const highest = Math.max(cpuPercent, memoryPercent ?? 0);
  return { machine, cpuPercent, memoryPercent, performanceRisk: highest <= 40 ? 0 : highest <= 60 ? 1 : 2 };
}

function scaled(percent: number, now: number, then: number): number {
  return exact(percent).mul(now).div(then).toDecimalPlaces(4).toNumber();
}

/** Families on the Xen hypervisor; everything younger runs on Nitro (EC2 guide, instance types, read 2026-11). */
const XEN_FAMILIES = new Set(['t2', 'm4', 'c4', 'r4', 'm3', 'c3', 'r3']);

/** What changes for the operating system when the family does. */
export function platformDifferences(from: string, to: string): string[] {
  const [leaves, enters] = [XEN_FAMILIES.has(familyOf(from).family), XEN_FAMILIES.has(familyOf(to).family)];
  return leaves === enters ? [] : ['Hypervisor', 'NetworkInterface', 'StorageInterface'];
}
