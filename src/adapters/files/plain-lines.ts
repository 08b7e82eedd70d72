import { CHARGE_TEXT_BYTES, COST_BOUND } from '../../ledger/charge-bounds.ts';

const BYTES = {
  service: CHARGE_TEXT_BYTES.serviceName,
  usage_type: CHARGE_TEXT_BYTES.usageType,
  operation: CHARGE_TEXT_BYTES.operation,
  unit: CHARGE_TEXT_BYTES.usageUnit,
  region: CHARGE_TEXT_BYTES.regionId,
  account: CHARGE_TEXT_BYTES.subAccountId,
  resource: CHARGE_TEXT_BYTES.resourceId,
} as const;

/**
 * What goes to the ledger as lines: everything of which its gate is sure to say yes. Stricter than the gate in places, since what is left out
 * goes through the gate itself, as charges, and is let in or set aside there with its reason. Asked once, of the roll-up.
 */
export const IS_PLAIN = `coalesce(${[
  "day between date '2006-01-01' and date '2099-12-31'",
  "regexp_full_match(currency, '[A-Z]{3}')",
  "regexp_full_match(charge_type, '[A-Za-z0-9 _-]{1,128}')",
  ...['billed', 'effective', 'list', 'contracted'].map((amount) => `coalesce(abs(${amount}), 0) < ${COST_BOUND}`),
  ...Object.entries(BYTES).map(
    ([text, bytes]) => `(${text} is null or (strlen(${text}) <= ${bytes} and not contains(${text}, chr(0))))`,
  ),
  "account <> ''",
].join(' and ')}, false) as is_plain`;
