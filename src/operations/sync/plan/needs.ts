import { ARRIVING_DAYS, RESOURCE_LEVEL_DAYS } from '../../../ledger/billing-horizon.ts';
import {
  CHARGE_TYPE_SLICE_ID,
  COST_SLICES,
  DAILY_SLICE_ID,
  INVOICE_SLICE_ID,
  METER_SLICE_ID,
  ON_DEMAND_SLICE_ID,
  RESOURCE_SLICES,
  type Slice,
} from '../../../ledger/slice.ts';
import type { FactKind } from '../../../ledger/snapshot.ts';

/** A fact that a rule of the advice reads, and how many days of it. */
export interface FactRead {
  readonly fact: FactKind;
  readonly lookbackDays: number;
}

/** What a caller reads that does not say. */
export const ALL_READS: readonly FactRead[] = [
  { fact: 'usageByAccount', lookbackDays: 30 },
  { fact: 'usageByResource', lookbackDays: 14 },
];

/** Slices that are asked together, and how often their open days are worth asking. */
export interface Need {
  readonly id: string;
  readonly slices: readonly Slice[];
  /** Null: only days of closed months, at the first load and when one closes. */
  readonly everyDays: number | null;
  /** May be asked for the dearest accounts alone when money is short. */
  readonly isDetail: boolean;
  readonly readBy: string;
}

/** One day to spare before AWS forgets a resource-level day, and the arriving days read once more. */
const RESOURCE_EVERY_DAYS = RESOURCE_LEVEL_DAYS - ARRIVING_DAYS - 1;
/** Thirty days of usage decide on a commitment; a third of them may be new. */
const ON_DEMAND_EVERY_DAYS = 10;
/** The invoice is held against the bill when the month closes; until then what is read on its basis may be two weeks old. */
const INVOICE_EVERY_DAYS = 15;

const BY_DETECTOR: readonly (Need & { readonly fact: FactKind })[] = [
  {
    id: 'onDemand',
    fact: 'usageByAccount',
    slices: sliceOf(ON_DEMAND_SLICE_ID),
    everyDays: ON_DEMAND_EVERY_DAYS,
    isDetail: true,
    readBy: 'advice on commitments',
  },
  {
    id: 'resource',
    fact: 'usageByResource',
    slices: RESOURCE_SLICES,
    everyDays: RESOURCE_EVERY_DAYS,
    isDetail: true,
    readBy: 'advice on resources',
  },
];

const ALWAYS: readonly Need[] = [
  { id: 'daily', slices: sliceOf(DAILY_SLICE_ID), everyDays: 1, isDetail: false, readBy: 'spend, trend and advice' },
  { id: 'invoice', slices: sliceOf(INVOICE_SLICE_ID), everyDays: INVOICE_EVERY_DAYS, isDetail: false, readBy: 'the invoice' },
  { id: 'meters', slices: sliceOf(METER_SLICE_ID), everyDays: null, isDetail: true, readBy: 'what moved from month to month' },
];

const CONTRACTS: Need = {
  id: 'contracts',
  slices: sliceOf(CHARGE_TYPE_SLICE_ID),
  everyDays: INVOICE_EVERY_DAYS,
  isDetail: false,
  readBy: 'how long credits last and whether a commit is reached',
};

export interface Readers {
  /** The facts that the advice reads. */
  readonly reads: readonly FactRead[];
  /** Whether anybody whose cost comes over the connection has a contract with AWS. */
  readonly hasContract: boolean;
  readonly isEverythingWanted?: boolean;
}

/** What is worth asking for, cheapest and most urgent first; and the slices that nothing reads. */
export function needsOf({ reads, hasContract, isEverythingWanted = false }: Readers): {
  readonly needs: readonly Need[];
  readonly unread: readonly Slice[];
} {
  const read = new Set(reads.map(({ fact }) => fact));
  const wanted = BY_DETECTOR.filter(({ fact }) => isEverythingWanted || read.has(fact));
  const [daily, invoice, meters] = ALWAYS as readonly [Need, Need, Need];
  const ordered = [
    daily,
    ...wanted.filter(({ id }) => id === 'onDemand'),
    invoice,
    ...(hasContract || isEverythingWanted ? [CONTRACTS] : []),
    ...wanted.filter(({ id }) => id === 'resource'),
    meters,
  ];
  const asked = new Set(ordered.flatMap(({ slices }) => slices));
  const others = [...COST_SLICES, ...RESOURCE_SLICES].filter((slice) => !asked.has(slice));
  return { needs: ordered, unread: others };
}

function sliceOf(id: string): readonly Slice[] {
  return COST_SLICES.filter((slice) => slice.id === id);
}
