import { z } from 'zod';

/** What Cost Explorer sends, as far as we read it. AWS's words stop in this file: the mappers next to it speak ours. */

const Metric = z.object({ Amount: z.string(), Unit: z.string() });

export const Metrics = z.object({
  UnblendedCost: Metric.optional(),
  AmortizedCost: Metric.optional(),
  NetUnblendedCost: Metric.optional(),
  NetAmortizedCost: Metric.optional(),
  UsageQuantity: Metric.optional(),
});
export type Metrics = z.infer<typeof Metrics>;

export const Group = z.object({ Keys: z.array(z.string()), Metrics });
export type Group = z.infer<typeof Group>;

/** Groups stay unread here, so that one bad row spoils only itself. */
export const Answer = z.object({
  NextPageToken: z.string().nullish(),
  ResultsByTime: z.array(
    z.object({
      TimePeriod: z.object({ Start: z.string(), End: z.string() }),
      Total: z.unknown(),
      Groups: z.array(z.unknown()).nullish(),
      Estimated: z.boolean().nullish(),
    }),
  ),
  DimensionValueAttributes: z
    .array(z.object({ Value: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }))
    .nullish(),
});
export type Answer = z.infer<typeof Answer>;
