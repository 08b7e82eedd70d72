/** Normalised units of a size, as reservations are matched over the sizes of a family (EC2 guide, "instance size flexibility", read 2026-11). */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['nano', 0.25],
  ['micro', 0.5],
  ['small', 1],
  ['medium', 2],
  ['large', 4],
  ['xlarge', 8],
]);

/** What a usage type of machine hours is of: "BoxUsage:m5.xlarge" is 8 units an hour of "BoxUsage:m5"; null where the size does not say. */
export interface MachineMeter {
  /** Plans of one family: "m5". */
  readonly family: string;
  /** Reservations move inside this: the family with what is billed of it ("BoxUsage:m5", "Multi-AZUsage:db.r5"). */
  readonly flexGroup: string;
  readonly unitsPerHour: number | null;
}

export function machineMeter(meterKind: string): MachineMeter | null {
  const [, kind = '', family = '', size = ''] = /^([\w-]+):((?:db\.)?[\w-]+)\.([\w-]+)$/.exec(meterKind) ?? [];
  if (size === '') return null;
  // RDS writes "db.r7i.2xl" on the bill.
  const times = /^(\d+)xl(?:arge)?$/.exec(size)?.[1];
  const unitsPerHour = times ? Number(times) * 8 : (UNITS.get(size.replace(/^xl$/, 'xlarge')) ?? null);
  return { family, flexGroup: `${kind}:${family}`, unitsPerHour };
}
