import { type Check, fine } from '../check.ts';

/** Names one product in every commercial region; what it costs does not matter. */
const PROBE = {
  instanceType: 'm5.large',
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  capacitystatus: 'Used',
  preInstalledSw: 'NA',
} as const;

/** The public price list answers. */
export const priceList: Check = {
  id: 'priceList',
  what: 'price list',
  phase: 'service',
  answersForView: true,
  facts: ['prices'],
  see: async ({ context, connection, options }) => {
    const question = { serviceCode: 'AmazonEC2', regionId: connection.regionId, attributes: PROBE, term: 'onDemand' } as const;
    const [price] = await context.ports.costSource.pullPrices(connection, [question], options);
    return [fine(`The price list answers (probe: ${price?.answer.kind ?? 'no answer'})`)];
  },
};
