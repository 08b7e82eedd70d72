import { z } from 'zod';

/** An item of GetProducts (a JSON text), as far as we read it. */

const dimension = z.object({
  unit: z.string(),
  beginRange: z.string().nullish(),
  pricePerUnit: z.record(z.string(), z.string()),
});

const offer = z.object({
  effectiveDate: z.string().nullish(),
  priceDimensions: z.record(z.string(), dimension),
  termAttributes: z
    .object({
      LeaseContractLength: z.string().nullish(),
      OfferingClass: z.string().nullish(),
      PurchaseOption: z.string().nullish(),
    })
    .nullish(),
});

export const Product = z.object({
  product: z.object({ sku: z.string() }),
  terms: z.object({
    OnDemand: z.record(z.string(), offer).nullish(),
    Reserved: z.record(z.string(), offer).nullish(),
  }),
});
export type Product = z.infer<typeof Product>;
export type Offer = z.infer<typeof offer>;
export type PriceDimension = z.infer<typeof dimension>;
