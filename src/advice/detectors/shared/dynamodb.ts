/**
 * Usage types of a table: "Best practices for understanding your AWS billing and usage reports in DynamoDB" (developer guide), read 2026-11.
 * "IA-" is the class Standard-Infrequent Access, "Repl" a write to a global table.
 */
const PROVISIONED = /^(IA-)?(Read|(Repl)?Write)CapacityUnit-Hrs$/;
const ON_DEMAND = /^(IA-)?(Read|(Repl)?Write)RequestUnits$/;
const STORAGE = /^(IA-)?TimedStorage-ByteHrs$/;

export function isProvisionedCapacity(meterKind: string): boolean {
  return PROVISIONED.test(meterKind);
}

/** Paid for what is asked of the table, or kept ready for it. */
export function isThroughput(meterKind: string): boolean {
  return PROVISIONED.test(meterKind) || ON_DEMAND.test(meterKind);
}

export function isTableStorage(meterKind: string): boolean {
  return STORAGE.test(meterKind);
}
