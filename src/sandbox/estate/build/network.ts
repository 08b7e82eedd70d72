import type { Day } from '../../../kernel/calendar.ts';
import { fingerprint } from '../../../kernel/fingerprint.ts';
import { ONE, units } from '../amounts.ts';
import { NOTHING, type PlainMeter, type Usage, type WasteKind } from '../asset.ts';
import { accountIdOf, type System } from '../company.ts';
import { plainMeter } from '../prices/meters.ts';
import type { EstateResource, EstateUtilization } from '../types.ts';
import { type Drafts, diceFor, hexId, plainResource, salt, startOf, tagsOf } from './drafts.ts';
import { gateway } from './utilization.ts';

interface Common {
  readonly from?: Day;
  readonly waste?: WasteKind;
  /** What acting on it leaves to be paid, here or elsewhere; left out: nothing. */
  readonly after?: (plain: readonly PlainMeter[]) => Usage['plain'];
  readonly decoy?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** `gigabytesPerDay` "0" leaves the traffic line away, as AWS does. */
export function natGateway(drafts: Drafts, system: System, options: Common & { gigabytesPerDay: string }): EstateResource {
  const name = drafts.name(system, 'nat');
  const id = hexId(drafts, 'nat', name);
  const noise = { noisePerMille: 300, weekendPerMille: 800, salt: salt(drafts, name) };
  const traffic = units(options.gigabytesPerDay);
  const hours = plainMeter('natHours', system.regionId, 'hour', ONE);
  const plain = traffic === 0n ? [hours] : [hours, plainMeter('natBytes', system.regionId, 'day', traffic, noise)];
  const shape = { path: `natgateway/${id}`, service: 'ec2', kind: 'nat', description: 'NAT gateway' } as const;
  return add(drafts, system, name, plain, options, { ...shape, utilization: gateway(peakOf(options.gigabytesPerDay)) });
}

/** The busiest second of a day carries about four times its average; half of the traffic goes each way. */
function peakOf(gigabytesPerDay: string): number {
  return Math.ceil((Number(gigabytesPerDay) * 1e9 * 2) / 86_400);
}

/** `capacityUnits`: LCU in an average hour; scanners alone leave some thousandths on every public one. */
export function loadBalancer(
  drafts: Drafts,
  system: System,
  options: Common & { capacityUnits: string; isInternal?: boolean },
): EstateResource {
  const name = drafts.name(system, options.isInternal ? 'ilb' : 'alb');
  const id = fingerprint('load balancer', String(drafts.seed), name).slice(0, 16);
  const noise = { noisePerMille: 350, weekendPerMille: 1150, salt: salt(drafts, name) };
  const plain = [
    plainMeter('albHours', system.regionId, 'hour', ONE),
    plainMeter('albLcu', system.regionId, 'day', units(options.capacityUnits) * 24n, noise),
  ];
  const description = options.isInternal ? 'internal application load balancer' : 'application load balancer';
  const path = `loadbalancer/app/${name}/${id}`;
  return add(drafts, system, name, plain, options, { path, service: 'elasticloadbalancing', kind: 'loadBalancer', description });
}

export function publicIpv4(drafts: Drafts, system: System, options: Common & { isIdle: boolean }): EstateResource {
  const name = drafts.name(system, 'eip');
  const id = hexId(drafts, 'eipalloc', name);
  const plain = [plainMeter(options.isIdle ? 'ipv4Idle' : 'ipv4InUse', system.regionId, 'hour', ONE)];
  const description = options.isIdle ? 'public IPv4 address, idle' : 'public IPv4 address in use';
  return add(drafts, system, name, plain, options, { path: `elastic-ip/${id}`, service: 'ec2', kind: 'publicIpv4', description });
}

interface Shape {
  readonly path: string;
  readonly service: string;
  readonly kind: EstateResource['kind'];
  readonly description: string;
  readonly utilization?: EstateUtilization;
}

function add(drafts: Drafts, system: System, name: string, plain: PlainMeter[], options: Common, shape: Shape): EstateResource {
  const accountId = accountIdOf(system.account);
  const arn = `arn:aws:${shape.service}:${system.regionId}:${accountId}:${shape.path}`;
  const resource = plainResource({
    accountId,
    regionId: system.regionId,
    resourceId: arn,
    arn,
    kind: shape.kind,
    description: shape.description,
    utilization: shape.utilization ?? null,
    tags: tagsOf(system, name, options.tags),
    from: options.from ?? startOf(drafts, system, diceFor(drafts, shape.kind, name)),
  });
  const after = { ...NOTHING, plain: options.after?.(plain) ?? [] };
  const waste = options.waste ? { kind: options.waste, after } : null;
  drafts.assets.push({ resource, system, usage: { hourly: [], plain }, reservation: null, waste, decoy: options.decoy ?? null });
  return resource;
}
