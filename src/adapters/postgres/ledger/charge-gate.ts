import { isDay, type Period } from '../../../kernel/calendar.ts';
import { isPlainDecimal } from '../../../kernel/money.ts';
import { CHARGE_CATEGORIES, type Charge } from '../../../ledger/charge.ts';
import { CHARGE_TEXT_BYTES, COST_BOUND } from '../../../ledger/charge-bounds.ts';

type TextField = keyof typeof CHARGE_TEXT_BYTES;
const TEXT_FIELDS = Object.keys(CHARGE_TEXT_BYTES) as TextField[];

/** Below COST_BOUND, up to 18 decimals. */
const COST = new RegExp(`^-?\\d{1,${String(COST_BOUND).length - 1}}(\\.\\d{1,18})?$`);
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
      const reason = remember(texts, `${CHARGE_TEXT_BYTES[field]} ${text}`, () => badText(field, text));
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
  return Buffer.byteLength(text) > CHARGE_TEXT_BYTES[field] ? `${field} is longer than ${CHARGE_TEXT_BYTES[field]} bytes` : null;
}
