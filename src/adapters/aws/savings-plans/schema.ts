import { z } from 'zod';

/** A plan of DescribeSavingsPlans, as far as we read it. */
export const SavingsPlan = z.object({
  savingsPlanArn: z.string(),
  savingsPlanType: z.string(),
  state: z.string(),
  start: z.string(),
  end: z.string(),
  commitment: z.string(),
  currency: z.string().nullish(),
  paymentOption: z.string().nullish(),
  region: z.string().nullish(),
  ec2InstanceFamily: z.string().nullish(),
  upfrontPaymentAmount: z.string().nullish(),
  recurringPaymentAmount: z.string().nullish(),
  termDurationInSeconds: z.number().nullish(),
});
export type SavingsPlan = z.infer<typeof SavingsPlan>;
