import { units } from '../../amounts.ts';
import type { PlainMeter, Usage } from '../../asset.ts';
import { plainMeter } from '../../prices/meters.ts';
import { countOf, type Drafts, diceFor } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { natGateway } from '../network.ts';

/** NAT gateways beside the idle ones: little traffic, one too many outside production, very much traffic. */
export const networkNatWastes = {
  natGatewayLowTraffic: 'nat-gateway-low-traffic',
  natGatewayRedundant: 'nat-gateway-redundant',
  natGatewayHeavyTraffic: 'nat-gateway-heavy-traffic',
} as const;

const isTraffic = ({ name }: PlainMeter): boolean => name.usageType.endsWith('NatGateway-Bytes');
/** The traffic goes on, through another gateway. */
const onlyTraffic = (plain: readonly PlainMeter[]): Usage['plain'] => plain.filter(isTraffic);
/** Half of it went to S3, which a gateway endpoint carries for nothing. */
const halfTheTraffic = (plain: readonly PlainMeter[]): Usage['plain'] =>
  plain.map((meter) => (isTraffic(meter) ? { ...meter, quantity: meter.quantity / 2n } : meter));

export function networkNatArea(drafts: Drafts): void {
  const isProduction = ({ environment }: { readonly environment: string }): boolean => environment === 'production';
  for (const [index, system] of systemsFor(drafts, 'quiet nat', countOf(drafts, 0.0015, 2), isProduction).entries()) {
    const gigabytesPerDay = `0.${diceFor(drafts, 'quiet nat', String(index)).whole(10, 99).toString().padStart(3, '0')}`;
    natGateway(drafts, system, { gigabytesPerDay, waste: 'natGatewayLowTraffic', after: onlyTraffic });
  }
  for (const id of ['online-dev', 'mart-stg']) pairOutsideProduction(drafts, id);
  for (const system of systemsFor(drafts, 'heavy nat', countOf(drafts, 0.0005, 2), isProduction)) {
    natGateway(drafts, system, { gigabytesPerDay: '1150', waste: 'natGatewayHeavyTraffic', after: halfTheTraffic });
  }
  const why = 'one of two in production, where each zone keeps its own';
  for (const gigabytesPerDay of ['14', '1.4']) natGateway(drafts, systemNamed('tenpo-portal'), { gigabytesPerDay, decoy: why });
}

/** What leaves through the other zone's gateway is charged on both sides of the zone. */
function pairOutsideProduction(drafts: Drafts, id: string): void {
  const system = systemNamed(id);
  const gigabytesPerDay = '1.1';
  const acrossZones = plainMeter('transferRegional', system.regionId, 'day', units(gigabytesPerDay) * 2n);
  natGateway(drafts, system, { gigabytesPerDay: '22' });
  natGateway(drafts, system, {
    gigabytesPerDay,
    waste: 'natGatewayRedundant',
    after: (plain) => [...onlyTraffic(plain), acrossZones],
  });
}
