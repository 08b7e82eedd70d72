import { z } from 'zod';

/** What AWS Organizations sends, as far as we read it. */

export const Account = z.object({
  Id: z.string().regex(/^\d{12}$/),
  Name: z.string().nullish(),
  /** `Status` is retired in favour of `State` (Organizations API reference, Account, read 2026-11); either may come. */
  State: z.string().nullish(),
  Status: z.string().nullish(),
  JoinedTimestamp: z.date().nullish(),
});

export const Tag = z.object({ Key: z.string(), Value: z.string().nullish() });
