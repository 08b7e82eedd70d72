import { type Day, daysIn, type Period } from '../../../kernel/calendar.ts';
import { exact } from '../../../kernel/money.ts';
import { DAILY_SLICE_ID, isUnfiltered, type Slice } from '../../../ledger/slice.ts';
import { dearestAccounts } from './dearest-accounts.ts';
import type { Need } from './needs.ts';
import { pagesOf, priceOfPages, windowsOf } from './pages.ts';
import { isHeldBack } from './refusals.ts';
import {
  CONTROL_SOURCES,
  type Control,
  type LeftOut,
  leftOut,
  type PlannedRequest,
  type PlanQuestion,
  PROBE_SOURCE,
  type RequestPlan,
  sourceOf,
} from './request.ts';
import type { StaleDays } from './stale-days.ts';

/** What one need asks today. */
export interface Wanted extends StaleDays {
  readonly need: Need;
  readonly isExempt: boolean;
}

/** What is planned so far and what it costs. */
export class Purse {
  readonly #question: PlanQuestion;
  readonly #requests: PlannedRequest[] = [];
  readonly #leftOut: LeftOut[] = [];
  readonly #estimated: ReadonlySet<Day>;
  #pages = 0;
  #isShut = false;

  constructor(question: PlanQuestion, wanted: readonly Wanted[]) {
    this.#question = question;
    const { source } = question;
    this.#estimated = new Set(source.filter(({ estimated }) => estimated).map(({ day }) => day));
    const window = hull(source.map(({ day }) => day));
    if (!window) return;
    const isExempt = wanted.some((item) => item.isExempt);
    const control = [this.#control('daily', window, isExempt)];
    if (isExempt || this.#fits(control)) this.#add(control);
    else this.#isShut = true;
  }

  take(item: Wanted): void {
    this.#tellHeldBack(item);
    this.#add(this.#requestsOf(item, item.need.slices));
  }

  offerProbe(window: Period): void {
    const perDay = this.#question.sizes.groupsPerDay(sourceOf({ id: DAILY_SLICE_ID }));
    const pages = Math.max(1, Math.ceil(((perDay ?? 0) * Math.ceil(daysIn(window) / 30)) / this.#question.sizes.groupsPerPage));
    const request = { source: PROBE_SOURCE, need: 'probe', slice: null, control: null, window, granularity: 'MONTHLY' } as const;
    const probe = [{ ...request, because: 'probe' as const, isExempt: false, ...priced(pages) }];
    if (!this.#isShut && this.#fits(probe)) this.#add(probe);
    else this.#isShut = true;
  }

  offer(item: Wanted): void {
    this.#tellHeldBack(item);
    const whole = this.#requestsOf(item, item.need.slices);
    if (!this.#isShut && this.#fits(whole)) {
      this.#add(whole);
      return;
    }
    const some = this.#isShut ? null : this.#dearest(item);
    const isSomeAsked = some !== null && this.#fits(some.requests);
    if (isSomeAsked) this.#add(some.requests);
    for (const slice of item.need.slices) {
      const pages = whole
        .filter((request) => request.slice === slice)
        .reduce((sum, { estimatedPages }) => sum + estimatedPages, 0);
      const rest = item.because === 'leftOut' ? dearestAccounts(this.#question.spend).rest : null;
      this.#leftOut.push({ ...leftOut(slice, 'budget', pages), accountIds: isSomeAsked ? some.rest : rest });
    }
    this.#isShut = true;
  }

  plan(others: readonly LeftOut[]): RequestPlan {
    const sum = { estimatedPages: this.#pages, estimatedCost: priceOfPages(this.#pages) };
    return { requests: this.#requests, leftOut: [...this.#leftOut, ...others], ...sum };
  }

  #tellHeldBack({ need, days }: Wanted): void {
    for (const slice of need.slices) if (days.some(this.#isHeldBack(slice))) this.#leftOut.push(leftOut(slice, 'refused'));
  }

  #isHeldBack(slice: Slice): (day: Day) => boolean {
    const { refusals, isEverythingWanted = false } = this.#question;
    const own = isEverythingWanted ? [] : refusals.filter(({ source }) => source === sourceOf(slice));
    if (own.length === 0) return () => false;
    return (day) => isHeldBack(own, sourceOf(slice), { day, estimated: this.#estimated.has(day) });
  }

  /** Only days that the ledger lacks: asking for some accounts must not take away what is known of the others. */
  #dearest(item: Wanted): { requests: PlannedRequest[]; rest: readonly string[] } | null {
    if (!item.need.isDetail) return null;
    const { accountIds, rest, share } = dearestAccounts(this.#question.spend);
    if (accountIds.length === 0 || rest.length === 0) return null;
    const days = item.days.filter((day) => item.need.slices.every((slice) => !this.#question.known.get(slice.id)?.has(day)));
    if (days.length === 0) return null;
    const slices = item.need.slices.map((slice) => ({ ...slice, onlyAccounts: accountIds }));
    return { requests: this.#requestsOf({ ...item, days }, slices, share), rest };
  }

  #requestsOf(item: Wanted, slices: readonly Slice[], share = 1): PlannedRequest[] {
    const { groupsPerPage, groupsPerDay } = this.#question.sizes;
    const shared = share < 1 ? null : this.#sharedControl(item);
    const lines = slices.flatMap((slice, index) => {
      const known = groupsPerDay(sourceOf(slice));
      const perDay = known === null ? null : known * share;
      const isHeld = this.#isHeldBack(slice);
      const days = item.days.filter((day) => !isHeld(day));
      return windowsOf(days, perDay, groupsPerPage, isHeld).map((window): PlannedRequest => {
        const facts = slice.window === 'resourceLevel' && index === 0 ? RESOURCE_FACTS : 0;
        const own = shared === null ? 1 : 0;
        const request = {
          source: sourceOf(slice),
          need: item.need.id,
          slice,
          control: null,
          window,
          granularity: 'DAILY',
        } as const;
        const pages = pagesOf(window, perDay, groupsPerPage) + facts + own;
        return { ...request, because: item.because, isExempt: item.isExempt, ...priced(pages) };
      });
    });
    return [...(shared ?? []), ...lines];
  }

  /**
   * A total serves every slice of its filter and is asked with the first that needs it. The matrix serves slices of one service each where
   * it has no more pages than their own totals would have; null: each asks for its own.
   */
  #sharedControl({ need, days, isExempt }: Wanted): PlannedRequest[] | null {
    if (need.id === 'daily') return [];
    const planned = (control: Control): readonly PlannedRequest[] => this.#requests.filter((item) => item.control === control);
    if (need.slices.every(isUnfiltered)) {
      const window = hull(this.#question.source.map(({ day }) => day));
      return window && planned('whole').length === 0 ? [this.#control('whole', window, isExempt)] : [];
    }
    const window = hull(days);
    if (!window || planned('matrix').some((item) => item.window.start <= window.start && item.window.end >= window.end))
      return [];
    const matrix = this.#control('matrix', window, isExempt);
    return matrix.estimatedPages <= need.slices.length ? [matrix] : null;
  }

  #control(control: Control, window: Period, isExempt: boolean): PlannedRequest {
    const source = CONTROL_SOURCES[control];
    const { groupsPerDay, groupsPerPage } = this.#question.sizes;
    const pages = control === 'matrix' ? Math.ceil((daysIn(window) * (groupsPerDay(source) ?? MATRIX_CELLS)) / groupsPerPage) : 1;
    const request = { source, need: 'control', slice: null, control, window, granularity: 'DAILY' } as const;
    return { ...request, because: 'control', isExempt, ...priced(Math.max(1, pages)) };
  }

  #fits(requests: readonly PlannedRequest[]): boolean {
    const pages = requests.reduce((sum, request) => sum + request.estimatedPages, this.#pages);
    return exact(priceOfPages(pages)).lte(this.#question.budget);
  }

  #add(requests: readonly PlannedRequest[]): void {
    this.#requests.push(...requests);
    this.#pages += requests.reduce((sum, request) => sum + request.estimatedPages, 0);
  }
}

/** Pairs of service and charge type on a day, until a matrix was read. */
const MATRIX_CELLS = 50;
/** Account and operation of resources that are new. */
const RESOURCE_FACTS = 2;

function priced(pages: number): Pick<PlannedRequest, 'estimatedPages' | 'estimatedCost'> {
  return { estimatedPages: pages, estimatedCost: priceOfPages(pages) };
}

function hull(days: readonly Day[]): Period | null {
  const [window] = windowsOf(days, 0, 1);
  const last = days.toSorted().at(-1);
  if (!window || last === undefined) return null;
  const [end] = windowsOf([last], 0, 1);
  return { start: window.start, end: end?.end ?? window.end };
}
