/** Bytes of UTF-8 that each text of a charge may have: database indexes hold about 2,700, and a longer name is no name of a cloud. */
export const CHARGE_TEXT_BYTES = {
  serviceName: 512,
  usageType: 1024,
  operation: 1024,
  usageUnit: 256,
  regionId: 256,
  chargeType: 128,
  subAccountId: 1024,
  resourceId: 2048,
} as const;

/** Every cost of a line lies below this, whatever the currency: more than any line of a bill, and less than what a broken source may say. */
export const COST_BOUND = 1_000_000_000;
