import { z } from 'zod';
import { isDay } from '../../kernel/calendar.ts';

const day = z.string().refine(isDay, 'must be a day, YYYY-MM-DD');

/** Which requests a fault meets. Left out: all. */
const aim = {
  service: z
    .enum(['ce', 'compute-optimizer', 'cost-optimization-hub', 'organizations', 'pricing', 'savingsplans', 'sts', 's3'])
    .optional(),
  operation: z.string().optional(),
  accountId: z.string().optional(),
  regionId: z.string().optional(),
  /** Matching requests that pass before the fault begins. */
  after: z.int().min(0).default(0),
  /** How many requests it meets. Left out: until it is removed. */
  times: z.int().min(1).optional(),
};

/** Faults that meet a request. */
const requestFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttling'), ...aim, everyNth: z.int().min(1).default(1) }),
  z.strictObject({ kind: z.literal('expiredToken'), ...aim }),
  z.strictObject({ kind: z.literal('badCredentials'), ...aim }),
  z.strictObject({ kind: z.literal('accessDenied'), ...aim }),
  z.strictObject({ kind: z.literal('costExplorerNotEnabled'), ...aim }),
  z.strictObject({ kind: z.literal('dataUnavailable'), ...aim }),
  z.strictObject({ kind: z.literal('optInRequired'), ...aim }),
  z.strictObject({ kind: z.literal('hubNotEnrolled'), ...aim }),
  z.strictObject({ kind: z.literal('tagsNotActive'), ...aim }),
  z.strictObject({ kind: z.literal('noOrganization'), ...aim }),
  /** Hourly granularity, which a payer opts into and pays for. */
  z.strictObject({ kind: z.literal('hourlyNotEnabled'), ...aim }),
  z.strictObject({ kind: z.literal('invalidToken'), ...aim }),
  z.strictObject({ kind: z.literal('emptyPage'), ...aim }),
  /** Half of the body: `reset` breaks the connection, `clean` ends it as if that were all. */
  z.strictObject({ kind: z.literal('truncatedBody'), ...aim, ending: z.enum(['reset', 'clean']).default('reset') }),
  z.strictObject({ kind: z.literal('serverError'), ...aim }),
  z.strictObject({ kind: z.literal('slow'), ...aim, delayMs: z.int().min(1).max(600_000) }),
]);

/** Faults that change the bill as Cost Explorer or the exports tell it. The estate itself stays as it is. */
const billFault = z.discriminatedUnion('kind', [
  /** Adds `addedCost` (US dollars, may be negative) to one line of the service on each day, in every cost metric. */
  z.strictObject({
    kind: z.literal('restatedDays'),
    serviceName: z.string(),
    accountId: z.string().optional(),
    start: day,
    end: day,
    addedCost: z.string().regex(/^-?\d{1,9}(\.\d{1,10})?$/),
  }),
  /** Every line with this value of a Cost Explorer dimension is gone, on the days given or on all. */
  z.strictObject({
    kind: z.literal('vanishedGroup'),
    dimension: z.string(),
    value: z.string(),
    start: day.optional(),
    end: day.optional(),
  }),
  /** Cost allocation tags were written into the past: cost from `from` on carries them once `completedOn` has come. */
  z.strictObject({ kind: z.literal('tagBackfill'), from: day, completedOn: day }),
  /** The exports lack the last days, as when a delivery is overdue. */
  z.strictObject({ kind: z.literal('lateExports'), days: z.int().min(1).max(60) }),
  /** Every export delivers the month again, under a new assembly, with so much more (US dollars) on one line. */
  z.strictObject({
    kind: z.literal('restatedExports'),
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
    addedCost: z.string().regex(/^-?\d{1,9}(\.\d{1,10})?$/),
  }),
]);

export const faultSchema = z.union([requestFault, billFault]);
export type Fault = z.input<typeof faultSchema>;
export type RequestFault = z.output<typeof requestFault>;
export type BillFault = z.output<typeof billFault>;

/** What a fault is held against. */
export interface Meeting {
  readonly service: string;
  readonly operation: string;
  readonly accountId: string;
  readonly regionId: string;
}

/** Puts faults into the sandbox and takes them out again. */
export interface FaultControl {
  /** Returns the fault's id. Throws a ZodError for a fault that does not exist. */
  add(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  list(): readonly { readonly id: string; readonly fault: RequestFault | BillFault; readonly met: number }[];
  /** The first fault of these kinds that meets the request; counts it. */
  meet(meeting: Meeting, kinds: readonly RequestFault['kind'][]): RequestFault | undefined;
  /** Whether a fault of this kind is aimed at such requests; counts nothing. */
  stands(kind: RequestFault['kind'], meeting: Meeting): boolean;
  billFaults(): readonly BillFault[];
  /** Changes whenever the bill may have changed. */
  billRevision(): number;
}

interface Entry {
  readonly id: string;
  readonly fault: RequestFault | BillFault;
  seen: number;
  met: number;
}

export function createFaultControl(initial: readonly Fault[] = []): FaultControl {
  const entries: Entry[] = [];
  let made = 0;
  let revision = 0;
  const control: FaultControl = {
    add(fault) {
      const entry: Entry = { id: `fault-${++made}`, fault: faultSchema.parse(fault), seen: 0, met: 0 };
      entries.push(entry);
      revision++;
      return entry.id;
    },
    remove(id) {
      const index = entries.findIndex((entry) => entry.id === id);
      if (index < 0) return false;
      entries.splice(index, 1);
      revision++;
      return true;
    },
    clear() {
      entries.length = 0;
      revision++;
    },
    list: () => entries.map(({ id, fault, met }) => ({ id, fault, met })),
    meet(meeting, kinds) {
      for (const entry of entries) {
        const { fault } = entry;
        if (isBillFault(fault) || !kinds.includes(fault.kind) || !aimedAt(fault, meeting)) continue;
        if (strikes(entry, fault)) return fault;
      }
      return undefined;
    },
    stands: (kind, meeting) => entries.some(({ fault }) => fault.kind === kind && aimedAt(fault, meeting)),
    billFaults: () => entries.map(({ fault }) => fault).filter(isBillFault),
    billRevision: () => revision,
  };
  for (const fault of initial) control.add(fault);
  return control;
}

const BILL_FAULTS: ReadonlySet<string> = new Set([
  'restatedDays',
  'vanishedGroup',
  'lateExports',
  'restatedExports',
  'tagBackfill',
]);

function isBillFault(fault: RequestFault | BillFault): fault is BillFault {
  return BILL_FAULTS.has(fault.kind);
}

function aimedAt(fault: RequestFault, meeting: Meeting): boolean {
  return (['service', 'operation', 'accountId', 'regionId'] as const).every(
    (part) => fault[part] === undefined || fault[part] === meeting[part],
  );
}

function strikes(entry: Entry, fault: RequestFault): boolean {
  entry.seen++;
  const nth = entry.seen - fault.after;
  const every = fault.kind === 'throttling' ? fault.everyNth : 1;
  if (nth < 1 || nth % every !== 0 || (fault.times !== undefined && entry.met >= fault.times)) return false;
  entry.met++;
  return true;
}
