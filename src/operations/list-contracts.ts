import { addMonths, type Day, dayOf, firstDay, type Month, monthOf } from '../kernel/calendar.ts';
import { plain, sumExact } from '../kernel/money.ts';
import { type CommitMonth, type CommitOutlook, commitOutlook } from '../ledger/commit-outlook.ts';
import { type Contract, isCommit, isCredit } from '../ledger/contract.ts';
import { type CreditMonth, type CreditOutlook, creditsOutlook } from '../ledger/credit-outlook.ts';
import type { Context } from './context.ts';
import type { BilledByChargeType } from './ports/contracts.ts';

export interface ContractsReport {
  readonly asOf: Day;
  readonly contracts: readonly (Contract & {
    readonly creditOutlook: CreditOutlook | null;
    readonly commitOutlook: CommitOutlook | null;
  })[];
  /** Credits on the bill that no contract accounts for, by currency; currencies without any are left out. */
  readonly unexplainedCredits: readonly { readonly currency: string; readonly amount: string }[];
}

/** Further back than any credit or commit year that still matters. */
const MONTHS_READ = 60;
/** These do not count towards a commit; what else the paper leaves out (Marketplace in part, support) only the paper knows. */
const NOT_TOWARDS_COMMIT: ReadonlySet<string | null> = new Set(['Credit', 'Refund', 'Tax']);

/** Every contract with what the bill says of it: how long a credit lasts, whether a commit will be reached. */
export async function listContracts(context: Context, input: { readonly asOf?: Day } = {}): Promise<ContractsReport> {
  const { scope, ports } = context;
  const asOf = input.asOf ?? dayOf(context.now());
  const contracts = await ports.contracts.list(scope);
  const { closedMonths } = await ports.ledgerReader.freshness(scope);
  const period = { start: firstDay(addMonths(monthOf(asOf), -MONTHS_READ)), end: asOf };
  const billed = Map.groupBy(await ports.contracts.billedByChargeType(scope, period), (row) => row.currency);
  const settled = new Set(closedMonths);
  const creditOutlooks = new Map<string, CreditOutlook>();
  const unexplainedCredits: { currency: string; amount: string }[] = [];
  const credits = contracts.filter(isCredit);
  for (const currency of [...new Set([...billed.keys(), ...credits.map(({ terms }) => terms.currency)])].sort()) {
    const own = credits.filter(({ terms }) => terms.currency === currency);
    const outlook = creditsOutlook(own, creditMonths(billed.get(currency) ?? [], settled), asOf);
    for (const credit of outlook.credits) creditOutlooks.set(credit.contractId, credit);
    if (outlook.unexplained !== '0') unexplainedCredits.push({ currency, amount: outlook.unexplained });
  }
  return {
    asOf,
    contracts: contracts.map((contract) => ({
      ...contract,
      creditOutlook: creditOutlooks.get(contract.id) ?? null,
      commitOutlook: isCommit(contract)
        ? commitOutlook(contract, commitMonths(billed.get(contract.terms.currency) ?? [], settled), asOf)
        : null,
    })),
    unexplainedCredits,
  };
}

function creditMonths(rows: readonly BilledByChargeType[], settled: ReadonlySet<Month>): CreditMonth[] {
  return byMonth(rows, (row) => row.chargeType === 'Credit').map(([month, sum]) => ({
    month,
    creditUsed: plain(sum.neg()),
    isSettled: settled.has(month),
  }));
}

function commitMonths(rows: readonly BilledByChargeType[], settled: ReadonlySet<Month>): CommitMonth[] {
  return byMonth(rows, (row) => !NOT_TOWARDS_COMMIT.has(row.chargeType)).map(([month, sum]) => ({
    month,
    spend: plain(sum),
    isSettled: settled.has(month),
  }));
}

/** Every month of the bill, also one to which nothing was added. */
function byMonth(rows: readonly BilledByChargeType[], counts: (row: BilledByChargeType) => boolean) {
  const months = Map.groupBy(rows, (row) => row.month);
  return [...months].map(([month, own]) => [month, sumExact(own.filter(counts).map((row) => row.billedCost))] as const);
}
