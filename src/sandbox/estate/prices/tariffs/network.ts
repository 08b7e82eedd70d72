import { type Tariff, tariff } from '../tariff-line.ts';

const VPC = ['Amazon Virtual Private Cloud', 'AmazonVPC'] as const;

export const networkTariffs = {
  vpcEndpointHours: tariff(VPC, 'VpcEndpoint', ['VpcEndpoint-Hours', 'VpcEndpoint', 'Hrs'], ['0.01', '0.014']),
  vpcEndpointBytes: tariff(VPC, 'VpcEndpoint', ['VpcEndpoint-Bytes', 'VpcEndpoint', 'GB'], ['0.01', '0.01']),
} as const satisfies Record<string, Tariff>;
