import { isDay, type Period } from '../../../kernel/calendar.ts';
import { isPlainDecimal } from '../../../kernel/money.ts';
import { CHARGE_CATEGORIES, type Charge } from '../../../ledger/charge.ts';

/** Postgres indexes hold about 2,700 bytes; a name longer than these is no name of a cloud. In bytes. */
const MAXIMUM_BYTES = {
  serviceName: 512,
  usageType: 1024,
  operation: 1024,
  usageUnit: 256,
  regionId: 256,
  chargeType: 128,
  subAccountId: 1024,
  resourceId: 2048,
} as const;
type TextField = keyof typeof MAXIMUM_BYTES;
const TEXT_FIELDS = Object.keys(MAXIMUM_BYTES) as TextField[];

/** Below 1,000,000,000 a line, up to 18 decimals: more than any line of a bill, and less than what a broken source may say. */
const COST = /^-?\d{1,9}(\.\d{1,18})?$/;
const COSTS = ['billedCost', 'effectiveCost', 'listCost', 'contractedCost'] as const;
const CURRENCY = /^[A-Z]{3}$/;

export function isCurrency(text: string): boolean {
  return CURRENCY.test(text);
}

/** Why a line must not enter the ledger; null when it may. One gate serves one window, since it remembers the texts it has seen. */
export function chargeGate(window: Period): (charge: Charge) => string | null {
  const days = new Map<string, string | null>();
  const texts = new Map<string, string | null>();
  const remember = (seen: Map<string, string | null>, key: string, judge: () => string | null): string | null => {
    const known = seen.get(key);
    if (known !== undefined) return known;
    const reason = judge();
    seen.set(key, reason);
    return reason;
  };

  return (charge) => {
    const dayReason = remember(days, charge.day, () => badDay(charge.day, window));
    if (dayReason !== null) return dayReason;
    if (!isCurrency(charge.currency)) return 'the currency is not three capital letters';
    const amountReason = badAmount(charge);
    if (amountReason !== null) return amountReason;
    if (charge.chargeCategory !== null && !CHARGE_CATEGORIES.includes(charge.chargeCategory))
      return 'the chargeCategory is not known';
    for (const field of TEXT_FIELDS) {
      const text = charge[field];
      if (text === null) continue;
      const reason = remember(texts, `${MAXIMUM_BYTES[field]} ${text}`, () => badText(field, text));
      if (reason !== null) return reason;
    }
    return null;
  };
}

function badDay(day: string, window: Period): string | null {
  if (!isDay(day)) return 'the day is not a calendar day';
  return day >= window.start && day < window.end ? null : 'the day lies outside the window that was asked for';
}

function badAmount(charge: Charge): string | null {
  for (const field of COSTS) {
    const amount = charge[field];
    if (amount === null && (field === 'listCost' || field === 'contractedCost')) continue;
    if (amount === null || !COST.test(amount)) return `${field} is not a decimal below 1,000,000,000`;
  }
  if (charge.usageQuantity !== null && !isPlainDecimal(charge.usageQuantity)) return 'usageQuantity is not a decimal';
  return null;
}

function badText(field: TextField, text: string): string | null {
  if (text.includes('\0')) return `${field} holds a NUL character`;
  if (text === '' && (field === 'subAccountId' || field === 'resourceId')) return null;
  return Buffer.byteLength(text) > MAXIMUM_BYTES[field] ? `${field} is longer than ${MAXIMUM_BYTES[field]} bytes` : null;
}
