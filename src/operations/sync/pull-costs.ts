import type { Month, Period } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { plain, sumExact } from '../../kernel/money.ts';
import { costExplorerWindow } from '../../ledger/billing-horizon.ts';
import { COST_SLICES, DAILY_SLICE_ID, INVOICE_SLICE_ID, type Slice } from '../../ledger/slice.ts';
import type { Context } from '../context.ts';
import type { CostSum, PullOptions, ResourceBook, SumQuestion } from '../ports/cost-source.ts';
import type { ObservedResource } from '../ports/ledger.ts';
import { attempt } from './attempt.ts';
import { ControlBook } from './control-book.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import { type InUse, InUseWatch } from './in-use.ts';
import { expectedDays, isCloseExpected, type PlanFacts, readPlanFacts, sourceDays } from './plan/plan-facts.ts';
import { planRequests } from './plan/plan-requests.ts';
import { CLOSED_DAYS } from './plan/refusals.ts';
import { CONTROL_SOURCES, type Control, type PlannedRequest, PROBE_SOURCE, type RequestPlan, sourceOf } from './plan/request.ts';
import { findRestatedMonths } from './probe.ts';
import { openResourceBook } from './resource-facts.ts';
import type { SourcePlan } from './source.ts';
import { writeSlice } from './write-slice.ts';

/** What the cost pull of one connection leaves for the sources after it. */
export interface CostPull {
  readonly entries: readonly SyncEntry[];
  readonly inUse: InUse;
  /** Platforms of instances, told by the bill by operation. */
  readonly resources: readonly ObservedResource[];
  /** Accounts that the budget left without detail. */
  readonly accountsLeftOut: readonly string[];
}

/** Names in the run log that tell how large answers are. Slices that nothing reads have no run and would have it read to its end. */
export const COST_RUNS: readonly string[] = [
  CONTROL_SOURCES.daily,
  sourceOf({ id: DAILY_SLICE_ID }),
  sourceOf({ id: INVOICE_SLICE_ID }),
];

/**
 * The bill of one connection: first its own totals, which tell what has changed, then what the plan makes of that. Each slice is a window
 * of its own in the ledger.
 */
export async function pullCosts(context: Context, plan: SourcePlan): Promise<CostPull> {
  const turn = new CostTurn(context, plan, await readPlanFacts(context, plan));
  await turn.askTotals();
  if (turn.controls.daily.length > 0) await turn.askRest();
  return turn.result();
}

/** One connection, once. */
class CostTurn {
  readonly controls = new ControlBook();
  readonly #context: Context;
  readonly #plan: SourcePlan;
  readonly #facts: PlanFacts;
  readonly #watch: InUseWatch;
  readonly #entries: SyncEntry[] = [];
  readonly #resources: ObservedResource[] = [];
  #restatedMonths: readonly Month[] = [];
  #accountsLeftOut: readonly string[] = [];
  #book: Promise<ResourceBook> | undefined;
  #lastNeed = '';
  /** By source, from the plan that could be made before asking. */
  readonly #estimates = new Map<string, number>();

  constructor(context: Context, plan: SourcePlan, facts: PlanFacts) {
    this.#context = context;
    this.#plan = plan;
    this.#facts = facts;
    this.#watch = new InUseWatch(plan.asOf);
    for (const { source, estimatedPages } of this.#planned(expectedDays(plan.asOf, facts.known)).requests)
      this.#estimates.set(source, (this.#estimates.get(source) ?? 0) + estimatedPages);
  }

  result(): CostPull {
    const { inUse } = this.#watch;
    return { entries: this.#entries, inUse, resources: this.#resources, accountsLeftOut: this.#accountsLeftOut };
  }

  /** No budget stops them where a first load or a close may hang on them. */
  async askTotals(): Promise<void> {
    const { known } = this.#facts;
    const isExempt = !known.has(DAILY_SLICE_ID) || isCloseExpected(this.#plan.asOf, known);
    const window = costExplorerWindow(this.#plan.asOf);
    this.#plan.step(CONTROL_SOURCES.daily);
    await this.#askControl({ control: 'daily', window, isExempt });
  }

  async askRest(): Promise<void> {
    const { probe } = this.#facts;
    const first = this.#planned();
    if (probe && first.requests.some(({ source }) => source === PROBE_SOURCE)) await this.#probe(probe);
    const whole = this.#planned().requests.find(({ control }) => control === 'whole');
    if (whole) await this.#askControl({ ...whole, control: 'whole' });
    const { requests, leftOut } = this.#planned();
    for (const request of requests) {
      if (request.control === 'matrix') await this.#askControl({ ...request, control: 'matrix' });
      if (request.slice) await this.#askSlice(request, request.slice);
    }
    for (const { source } of leftOut.filter(({ because }) => because === 'refused')) await this.#tellRefused(source);
    for (const item of leftOut.filter(({ because }) => because === 'budget')) {
      if (item.accountIds === null) await this.#tellLeftOut(item.source);
      else this.#accountsLeftOut = item.accountIds;
    }
  }

  #planned(source = sourceDays(this.controls.daily, this.#facts.known)): RequestPlan {
    const { known, sizes, spend, probe, hasContract, refusals } = this.#facts;
    const { asOf, reads, budget, isEverythingWanted } = this.#plan;
    return planRequests({
      asOf,
      reads,
      hasContract,
      refusals,
      known,
      sizes,
      spend,
      probe,
      source,
      whole: this.controls.whole,
      restatedMonths: this.#restatedMonths,
      budget: budget.leftAtStart,
      isEverythingWanted,
    });
  }

  async #askControl({
    control,
    window,
    isExempt,
  }: Pick<PlannedRequest, 'window' | 'isExempt'> & { control: Control }): Promise<void> {
    await this.#attempt(CONTROL_SOURCES[control], window, isExempt, async (options) => {
      const sums = await this.#context.ports.costSource.pullSums(this.#plan.connection, questionOf(control, window), options);
      if (sums.length === 0 && control !== 'matrix') throw nothingAnswered(window);
      if (control === 'daily') this.controls.addDaily(sums);
      if (control === 'whole') this.controls.addWhole(sums);
      if (control === 'matrix') this.controls.addMatrix(window, sums);
      return { rows: sums.length, ...totalOf(sums) };
    });
  }

  async #probe(window: Period): Promise<void> {
    const { connection, asOf } = this.#plan;
    const { known } = this.#facts;
    await this.#attempt(PROBE_SOURCE, { start: window.start, end: asOf }, false, async (options) => {
      const { restated, rows } = await findRestatedMonths(this.#context, { connection, window, known }, options);
      this.#restatedMonths = restated;
      return { rows };
    });
  }

  async #askSlice({ source, need, window, isExempt }: PlannedRequest, slice: Slice): Promise<void> {
    const { connection, asOf } = this.#plan;
    const isByResource = slice.window === 'resourceLevel';
    if (this.#lastNeed !== need) this.#plan.step(source);
    this.#lastNeed = need;
    await this.#attempt(source, window, isExempt, async (options, runId) => {
      if (isByResource) this.#book ??= openResourceBook(this.#context, { connection, asOf, known: this.#facts.known });
      const own = { connection, slice, window, runId, resourceBook: isByResource ? await this.#book : undefined };
      return writeSlice(
        this.#context,
        { ...own, watch: this.#watch, controls: this.controls, resources: this.#resources },
        options,
      );
    });
  }

  #tellLeftOut(source: string): Promise<void> {
    return this.#attempt(source, null, false, async () => this.#plan.budget.refuse());
  }

  #tellRefused(source: string): Promise<void> {
    return this.#attempt(source, null, false, async () => {
      throw new AdvisorError(
        'NOT_RECONCILED',
        `Days of ${source} were answered twice by what does not add up or cannot be read; they are not paid for again yet.`,
        `The earlier figures stay. Open days are asked again tomorrow (UTC), closed ones after ${CLOSED_DAYS} days, or at once by "sync --all".`,
      );
    });
  }

  async #attempt(
    source: string,
    window: Period | null,
    isExempt: boolean,
    work: (options: PullOptions, runId: string) => Promise<Outcome>,
  ): Promise<void> {
    const { connection, budget, onFailure } = this.#plan;
    const job = { connection, source, window, budget: isExempt ? budget.unlimited : budget, onFailure };
    this.#entries.push({ ...(await attempt(this.#context, job, work)), estimatedPages: this.#estimates.get(source) ?? 0 });
    this.#estimates.delete(source);
  }
}

function questionOf(control: Control, window: Period): SumQuestion {
  const filter = control === 'whole' ? {} : (COST_SLICES.find(({ id }) => id === DAILY_SLICE_ID) ?? {});
  const groupBy = control === 'matrix' ? (['SERVICE', 'RECORD_TYPE'] as const) : [];
  return { window, granularity: 'DAILY', groupBy, filter };
}

function totalOf(sums: readonly CostSum[]): Pick<Outcome, 'total' | 'currency'> {
  const currencies = [...new Set(sums.map((sum) => sum.currency))];
  const [currency, ...others] = currencies;
  if (currency === undefined || others.length > 0) return {};
  return { currency, total: plain(sumExact(sums.map((sum) => sum.billedCost))) };
}

function nothingAnswered({ start, end }: Period): AdvisorError {
  return new AdvisorError(
    'DATA_UNAVAILABLE',
    `Cost Explorer had no totals from ${start} to ${end}.`,
    'Nothing was replaced. Cost Explorer fills in about a day after it is switched on; try again tomorrow.',
  );
}
