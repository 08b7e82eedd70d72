import { ONE, units } from '../../amounts.ts';
import { NOTHING, type PlainMeter, type WasteKind } from '../../asset.ts';
import type { System } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, hexId, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { publicIpv4 } from '../network.ts';
import { addThing, arnIn } from '../thing.ts';

/** Which rule of the product should find a kind of waste that is planted here. */
export const networkWastes = {
  vpcEndpointIdle: 'vpc-endpoint-idle',
  /** Not planted one by one: accounts with many addresses, as `truth/addresses.ts` counts them. */
  publicIpv4Estate: 'public-ipv4-estate',
} as const;

export function networkArea(drafts: Drafts): void {
  // Subnets that hand an address to every machine.
  for (const id of ['tenpo-portal', 'online-kaigai']) {
    for (let index = 0; index < MANY_ADDRESSES; index++) publicIpv4(drafts, systemNamed(id), { isIdle: false });
  }
  for (const system of systemsFor(drafts, 'endpoint', countOf(drafts, 0.004, 3))) {
    vpcEndpoint(drafts, system, { zones: 2, gigabytesPerDay: '6' });
  }
  for (const [index, system] of systemsFor(drafts, 'idle endpoint', countOf(drafts, 0.003, 3)).entries()) {
    // Probes leave some hundred KB a day on some.
    vpcEndpoint(drafts, system, {
      zones: 1 + (index % 3),
      gigabytesPerDay: index % 2 ? '0.0003' : '0',
      waste: 'vpcEndpointIdle',
    });
  }
  const decoy = 'little but steady traffic: the patch management of a closed subnet';
  vpcEndpoint(drafts, systemNamed('kyotsu-kanshi'), { zones: 2, gigabytesPerDay: '0.02', decoy });
}

const MANY_ADDRESSES = 12;

interface Endpoint {
  readonly zones: number;
  readonly gigabytesPerDay: string;
  readonly waste?: WasteKind;
  readonly decoy?: string;
}

function vpcEndpoint(drafts: Drafts, system: System, { zones, gigabytesPerDay, waste, decoy }: Endpoint): void {
  const name = drafts.name(system, 'vpce');
  const noise = { noisePerMille: 250, salt: salt(drafts, name) };
  const traffic: PlainMeter[] =
    gigabytesPerDay === '0' ? [] : [plainMeter('vpcEndpointBytes', system.regionId, 'day', units(gigabytesPerDay), noise)];
  addThing(drafts, system, {
    name,
    resourceId: arnIn(system, 'ec2', `vpc-endpoint/${hexId(drafts, 'vpce', name)}`),
    kind: 'other',
    description: `interface endpoint in ${zones} zones`,
    plain: [plainMeter('vpcEndpointHours', system.regionId, 'hour', ONE * BigInt(zones)), ...traffic],
    ...(waste ? { waste: { kind: waste, after: NOTHING } } : {}),
    ...(decoy ? { decoy } : {}),
  });
}
