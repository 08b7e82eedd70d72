import type { Day, Month } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { fingerprint } from '../../kernel/fingerprint.ts';
import type { Estate } from '../estate/types.ts';
import { type ExportBucket, exportBucket } from '../exports/bucket.ts';
import { type BillingView, defaultViews, proForma } from './cost-explorer/billing-view.ts';
import { buildChargeTable, type ChargeTable } from './cost-explorer/charge-table.ts';
import { buildHourTable } from './cost-explorer/hour-table.ts';
import { ResultCache } from './cost-explorer/result-cache.ts';
import { createFaultControl, type Fault, type FaultControl } from './faults.ts';
import { PageTokens } from './page-token.ts';
import { type RequestCount, RequestCounter } from './request-count.ts';
import { exportTroubles } from './s3/export-troubles.ts';
import { serve } from './server.ts';
import { Sessions } from './sts/sessions.ts';
import type { TrustedRole } from './sts/trusted-role.ts';

export interface WireOptions {
  /** Left out: any free port. */
  readonly port?: number;
  readonly faults?: readonly Fault[];
  /** Groups on one page of Cost Explorer's answers. */
  readonly groupsPerPage?: number;
  /** First month of the exports, which begin when they are set up. Left out: as far back as Cost Explorer goes. */
  readonly exportsSince?: Month;
  /** Roles that AssumeRole grants. Left out: none; `trust` adds one later. */
  readonly roles?: readonly TrustedRole[];
  /** Left out: one billing group of all member accounts, 8 % above what AWS bills. */
  readonly billingViews?: readonly BillingView[];
}

export interface Sandbox {
  /** What `AWS_ENDPOINT_URL` wants: every service is behind it. */
  readonly url: string;
  readonly estate: Estate;
  /** The estate's "today". */
  readonly asOf: Day;
  readonly faults: FaultControl;
  readonly requests: () => RequestCount[];
  /** From now on AssumeRole knows this role, too; one of the same name is replaced. */
  readonly trust: (role: TrustedRole) => void;
  /** How many sessions AssumeRole has handed out. */
  readonly sessionsIssued: () => number;
  /** The bucket of exports behind the same address. */
  readonly exports: ExportBucket;
  close(): Promise<void>;
}

const GROUPS_PER_PAGE = 5_000;

/** Puts AWS's wire protocol in front of an estate, on this machine only. Throws PORT_IN_USE. */
export async function serveEstate(estate: Estate, options: WireOptions = {}): Promise<Sandbox> {
  const payer = estate.accounts.find((account) => account.isPayer);
  if (!payer)
    throw new AdvisorError('INVALID_INPUT', 'The estate has no payer account', 'Make an estate with exactly one payer.');
  const requests = new RequestCounter();
  const faults = createFaultControl(options.faults);
  let charges: Promise<ChargeTable> | undefined;
  const allCharges = (): Promise<ChargeTable> => (charges ??= buildChargeTable(estate));
  const members = estate.accounts.filter((account) => !account.isPayer).map(({ accountId }) => accountId);
  const views = new Map<BillingView, Promise<ChargeTable>>();
  const sessions = new Sessions(options.roles ?? []);
  let hours: Promise<ChargeTable> | undefined;
  const exports = exportBucket(estate, () => exportTroubles(faults.billFaults()), options.exportsSince);
  const world = {
    estate,
    payerAccountId: payer.accountId,
    charges: allCharges,
    exports,
    hours: () => (hours ??= buildHourTable(estate)),
    results: new ResultCache(),
    faults,
    tokens: new PageTokens(fingerprint('sandbox page tokens', String(estate.seed), estate.asOf)),
    sessions,
    groupsPerPage: options.groupsPerPage ?? GROUPS_PER_PAGE,
    billingViews: options.billingViews ?? defaultViews(payer.accountId, members),
    proForma: (view: BillingView) => {
      const known = views.get(view) ?? allCharges().then((table) => proForma(table, view));
      views.set(view, known);
      return known;
    },
  };
  const { server, url } = await serve(world, requests, options.port ?? 0);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url,
    estate,
    asOf: estate.asOf,
    faults,
    requests: () => requests.all(),
    trust: (role) => sessions.trust(role),
    sessionsIssued: () => sessions.issued,
    exports,
    close,
  };
}
