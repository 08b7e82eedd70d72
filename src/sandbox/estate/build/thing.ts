import type { Day } from '../../../kernel/calendar.ts';
import type { Asset, HourlyMeter, PlainMeter } from '../asset.ts';
import { accountIdOf, type System } from '../company.ts';
import type { EstateResource, EstateUtilization } from '../types.ts';
import { type Drafts, diceFor, plainResource, startOf, tagsOf } from './drafts.ts';

/** Something on the bill that needs no shape of its own: what it is called, what it is charged for, and what is wrong with it. */
export interface Thing {
  /** From `drafts.name`: its chance and its tags hang on it. */
  readonly name: string;
  /** As the bill writes it; an ARN, but for S3 buckets. An account's id: the bill names no resource, and advice is about the account. */
  readonly resourceId: string;
  /** Where `resourceId` is neither an ARN nor a bucket. */
  readonly arn?: string;
  readonly kind: EstateResource['kind'];
  readonly description: string;
  readonly hourly?: readonly HourlyMeter[];
  readonly plain?: readonly PlainMeter[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Around the wave's cut-over unless told otherwise. */
  readonly from?: Day;
  readonly until?: Day | null;
  readonly instanceType?: string;
  readonly utilization?: EstateUtilization;
  readonly waste?: NonNullable<Asset['waste']>;
  readonly decoy?: string;
}

export function addThing(drafts: Drafts, system: System, thing: Thing): EstateResource {
  const resource = plainResource({
    accountId: accountIdOf(system.account),
    regionId: system.regionId,
    resourceId: thing.resourceId,
    arn: thing.arn ?? (thing.resourceId.startsWith('arn:') ? thing.resourceId : `arn:aws:s3:::${thing.resourceId}`),
    kind: thing.kind,
    description: thing.description,
    instanceType: thing.instanceType ?? null,
    utilization: thing.utilization ?? null,
    tags: tagsOf(system, thing.name, thing.tags),
    from: thing.from ?? startOf(drafts, system, diceFor(drafts, thing.kind, thing.name)),
    until: thing.until ?? null,
  });
  const usage = { hourly: thing.hourly ?? [], plain: thing.plain ?? [] };
  drafts.assets.push({
    resource,
    system,
    usage,
    reservation: null,
    waste: thing.waste ?? null,
    decoy: thing.decoy ?? null,
  });
  return resource;
}

export function arnIn(system: System, service: string, path: string): string {
  return `arn:aws:${service}:${system.regionId}:${accountIdOf(system.account)}:${path}`;
}
