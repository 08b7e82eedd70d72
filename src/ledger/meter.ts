/**
 * Usage types carry a region prefix except in us-east-1. Stripped by this table, never by "first dash": `DataTransfer-Regional-Bytes`
 * has none. Source: AWS price list index and Cost Explorer answers, read 2026-11.
 */
const REGION_OF_PREFIX: ReadonlyMap<string, string> = new Map([
  ['USE1', 'us-east-1'],
  ['USE2', 'us-east-2'],
  ['USW1', 'us-west-1'],
  ['USW2', 'us-west-2'],
  ['CAN1', 'ca-central-1'],
  ['SAE1', 'sa-east-1'],
  ['EU', 'eu-west-1'],
  ['EUW1', 'eu-west-1'],
  ['EUW2', 'eu-west-2'],
  ['EUW3', 'eu-west-3'],
  ['EUC1', 'eu-central-1'],
  ['EUN1', 'eu-north-1'],
  ['APN1', 'ap-northeast-1'],
  ['APN2', 'ap-northeast-2'],
  ['APN3', 'ap-northeast-3'],
  ['APS1', 'ap-southeast-1'],
  ['APS2', 'ap-southeast-2'],
  ['APS3', 'ap-south-1'],
  ['APE1', 'ap-east-1'],
  ['MES1', 'me-south-1'],
  ['AFS1', 'af-south-1'],
]);

const PREFIX_OF_REGION: ReadonlyMap<string, string> = new Map(
  [...REGION_OF_PREFIX].filter(([prefix]) => prefix !== 'EUW1' && prefix !== 'USE1').map(([prefix, region]) => [region, prefix]),
);

/** What is measured, apart from where: "APN1-BoxUsage:m5.large" is `BoxUsage:m5.large` in ap-northeast-1. */
export interface Meter {
  readonly kind: string;
  readonly regionId: string;
}

export function meterOf(usageType: string): Meter {
  const dash = usageType.indexOf('-');
  const region = dash > 0 ? REGION_OF_PREFIX.get(usageType.slice(0, dash)) : undefined;
  return region ? { kind: usageType.slice(dash + 1), regionId: region } : { kind: usageType, regionId: 'us-east-1' };
}

/** The inverse, as AWS writes it; undefined for a region whose prefix we do not know. */
export function usageTypeOf(meter: Meter): string | undefined {
  if (meter.regionId === 'us-east-1') return meter.kind;
  const prefix = PREFIX_OF_REGION.get(meter.regionId);
  return prefix && `${prefix}-${meter.kind}`;
}
