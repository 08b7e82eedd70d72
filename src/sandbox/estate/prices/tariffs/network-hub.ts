import { type Tariff, tariff } from '../tariff-line.ts';

const VPC = ['Amazon Virtual Private Cloud', 'AmazonVPC'] as const;
const FIREWALL = ['AWS Network Firewall', 'AWSNetworkFirewall'] as const;

export const networkHubTariffs = {
  transitGatewayHours: tariff(VPC, 'Transit Gateway', ['TransitGateway-Hours', 'TransitGatewayVPC', 'hour'], ['0.05', '0.07'], {
    group: 'AWSTransitGateway',
    attachmentType: 'VPC',
  }),
  transitGatewayBytes: tariff(
    VPC,
    'Transit Gateway',
    ['TransitGateway-Bytes', 'TransitGatewayVPC', 'GigaBytes'],
    ['0.02', '0.02'],
    { group: 'AWSTransitGateway', attachmentType: 'VPC' },
  ),
  clientVpnAssociation: tariff(VPC, 'VpnConnection', ['ClientVPN-EndpointHours', 'ClientVPNEndpoint', 'hour'], ['0.10', '0.15']),
  clientVpnConnection: tariff(
    VPC,
    'VpnConnection',
    ['ClientVPN-ConnectionHours', 'ClientVPNConnections', 'hour'],
    ['0.05', '0.05'],
  ),
  networkFirewallHours: tariff(FIREWALL, 'AWS Firewall', ['Endpoint-Hour', 'NormalUsage', 'Hours'], ['0.395', '0.395']),
  networkFirewallBytes: tariff(FIREWALL, 'AWS Firewall', ['Traffic-GB-Processed', 'NormalUsage', 'GB'], ['0.065', '0.065']),
} as const satisfies Record<string, Tariff>;
