import { ONE, units } from '../../amounts.ts';
import { NOTHING, type PlainMeter, type WasteKind } from '../../asset.ts';
import type { System } from '../../company.ts';
import { plainMeter } from '../../prices/meters.ts';
import type { TariffKey } from '../../prices/tariff.ts';
import { countOf, type Drafts, hexId, salt } from '../drafts.ts';
import { systemNamed, systemsFor } from '../fleet.ts';
import { addThing, arnIn } from '../thing.ts';

/** What joins networks and guards the ways between them: transit gateway attachments, Client VPN, Network Firewall. */
export const networkHubWastes = {
  transitGatewayAttachmentIdle: 'transit-gateway-attachment-idle',
  clientVpnEndpointIdle: 'client-vpn-endpoint-idle',
  networkFirewallIdle: 'network-firewall-idle',
} as const;

type Kind = 'attachment' | 'clientVpn' | 'firewall';

const KINDS: Readonly<
  Record<Kind, { readonly prefix: string; readonly hours: TariffKey; readonly use: TariffKey; readonly description: string }>
> = {
  attachment: {
    prefix: 'tgwa',
    hours: 'transitGatewayHours',
    use: 'transitGatewayBytes',
    description: 'transit gateway attachment',
  },
  clientVpn: {
    prefix: 'cvpn',
    hours: 'clientVpnAssociation',
    use: 'clientVpnConnection',
    description: 'Client VPN endpoint',
  },
  firewall: {
    prefix: 'nfw',
    hours: 'networkFirewallHours',
    use: 'networkFirewallBytes',
    description: 'network firewall',
  },
};

export function networkHubArea(drafts: Drafts): void {
  for (const system of systemsFor(drafts, 'attachment', countOf(drafts, 0.006, 4))) {
    hub(drafts, system, 'attachment', { usePerDay: '18' });
  }
  for (const [index, system] of systemsFor(drafts, 'idle attachment', countOf(drafts, 0.002, 2)).entries()) {
    hub(drafts, system, 'attachment', { usePerDay: index % 2 ? '0.0004' : '0', waste: 'transitGatewayAttachmentIdle' });
  }
  const patches = 'little but steady traffic: name resolution and time of a closed network';
  hub(drafts, systemNamed('log-kiban'), 'attachment', { usePerDay: '0.015', decoy: patches });

  hub(drafts, systemNamed('kyotsu-ad'), 'clientVpn', { usePerDay: '160', zones: 2 });
  for (const system of systemsFor(drafts, 'idle client vpn', countOf(drafts, 0.001, 2))) {
    hub(drafts, system, 'clientVpn', { usePerDay: '0', waste: 'clientVpnEndpointIdle' });
  }
  const onCall = 'one engineer on call, half an hour a day';
  hub(drafts, systemNamed('kyotsu-kanshi'), 'clientVpn', { usePerDay: '0.5', decoy: onCall });

  hub(drafts, systemNamed('kyotsu-kanshi'), 'firewall', { usePerDay: '85', zones: 2 });
  for (const system of systemsFor(drafts, 'idle firewall', countOf(drafts, 0.0005, 2))) {
    hub(drafts, system, 'firewall', { usePerDay: '0', zones: 2, waste: 'networkFirewallIdle' });
  }
  const mail = 'little but steady traffic: the way out of a mail relay';
  hub(drafts, systemNamed('zaiko-kanri'), 'firewall', { usePerDay: '0.03', decoy: mail });
}

interface Use {
  readonly usePerDay: string;
  readonly zones?: number;
  readonly waste?: WasteKind;
  readonly decoy?: string;
}

/** Paid by the hour for each zone or subnet, and for what goes through; nothing is billed where nothing goes through. */
function hub(drafts: Drafts, system: System, kind: Kind, { usePerDay, zones = 1, waste, decoy }: Use): void {
  const { prefix, hours, use, description } = KINDS[kind];
  const name = drafts.name(system, prefix);
  const noise = { noisePerMille: 250, weekendPerMille: 600, salt: salt(drafts, name) };
  const used: PlainMeter[] = usePerDay === '0' ? [] : [plainMeter(use, system.regionId, 'day', units(usePerDay), noise)];
  addThing(drafts, system, {
    name,
    resourceId: idOf(drafts, system, kind, name),
    kind: 'other',
    description,
    plain: [plainMeter(hours, system.regionId, 'hour', ONE * BigInt(zones)), ...used],
    ...(waste ? { waste: { kind: waste, after: NOTHING } } : {}),
    ...(decoy ? { decoy } : {}),
  });
}

function idOf(drafts: Drafts, system: System, kind: Kind, name: string): string {
  if (kind === 'firewall') return arnIn(system, 'network-firewall', `firewall/${name}`);
  const [type, prefix] =
    kind === 'attachment' ? ['transit-gateway-attachment', 'tgw-attach'] : ['client-vpn-endpoint', 'cvpn-endpoint'];
  return arnIn(system, 'ec2', `${type}/${hexId(drafts, prefix, name)}`);
}
