import type { ComputeOptimizerClient } from '@aws-sdk/client-compute-optimizer';
import type { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import type { CostOptimizationHubClient } from '@aws-sdk/client-cost-optimization-hub';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { PricingClient } from '@aws-sdk/client-pricing';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SavingsplansClient } from '@aws-sdk/client-savingsplans';
import type { STSClient } from '@aws-sdk/client-sts';
import { AdvisorError } from '../../kernel/failure.ts';
import type { Reach } from '../../operations/ports/connections.ts';
import { type Io, plainIo } from '../../operations/ports/io.ts';
import { refuseOutsideView, withBillingView } from './billing-view.ts';
import { isLoopback, type Pace, pace } from './pace.ts';
import { type RoleProvider, type RoleWay, roleSessions } from './role-sessions.ts';

export interface AwsClients {
  costExplorer(reach: Reach): Promise<CostExplorerClient>;
  computeOptimizer(reach: Reach, regionId: string): Promise<ComputeOptimizerClient>;
  costOptimizationHub(reach: Reach): Promise<CostOptimizationHubClient>;
  organizations(reach: Reach): Promise<OrganizationsClient>;
  pricing(reach: Reach): Promise<PricingClient>;
  savingsPlans(reach: Reach): Promise<SavingsplansClient>;
  sts(reach: Reach): Promise<STSClient>;
  /** For these resources: a session of a role is good for nothing else. */
  s3(reach: Reach, exportArns: readonly string[]): Promise<S3Client>;
}

/** The price list is served from three regions only; this one has all prices (price list guide, read 2026-11). */
export const PRICING_REGION = 'us-east-1';

/** Savings Plans are of no region; their one endpoint signs for this one (SDK endpoint rules, read 2026-11). */
export const SAVINGS_PLANS_REGION = 'us-east-1';

/** Cost Optimization Hub answers from here for all regions (its API reference, endpoints, read 2026-11). */
export const HUB_REGION = 'us-east-1';

/** AWS Organizations is one service for all commercial regions (its API reference, endpoints, read 2026-11). */
export const ORGANIZATIONS_REGION = 'us-east-1';

/** Throttling and 5xx are tried again by the SDK, 6 times in all: a storm of a minute passes, a longer one fails the source. */
const MAX_ATTEMPTS = 6;

/**
 * AWS publishes no limit for Cost Explorer; a maintainer of its SDK advises at most 10 a second (botocore issue 1820). One a second per set of
 * credentials leaves room for the customer's other tools.
 */
const REQUESTS_PER_SECOND = 1;
const REQUESTS_AT_ONCE = 5;

interface ClientSettings {
  readonly maxAttempts?: number;
  readonly io?: Io;
  /** Milliseconds since 1970, for the expiry of sessions. */
  readonly now?: () => number;
}

/**
 * Clients of the SDK, made when first needed and kept by tenant, connection, credentials, endpoint, view and region: no tenant is ever
 * handed another's. What has no connection yet is not kept. A connection of one billing view gets no client that cannot be asked for it. The
 * SDK reads its own environment.
 */
export function awsClients(options: ClientSettings = {}): AwsClients {
  const kept = new Map<string, Promise<unknown>>();
  const costExplorerPace = pace({ perSecond: REQUESTS_PER_SECOND, burst: REQUESTS_AT_ONCE });
  const place = (reach: Reach, regionId: string) => ({
    region: regionId,
    maxAttempts: options.maxAttempts ?? MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 120_000, throwOnRequestTimeout: true },
    ...(reach.endpointUrl === null ? {} : { endpoint: reach.endpointUrl }),
  });
  const sessionsOf = roleSessions({
    io: options.io ?? plainIo,
    ...(options.now && { now: options.now }),
    sts: async (way, session) => {
      const { STSClient } = await import('@aws-sdk/client-sts');
      const own = session ? { credentials: session } : await chainOf(way.credentials.profile);
      return new STSClient({ ...place(way, way.regionId), ...own });
    },
  });
  const settings = async (reach: Reach & Pick<RoleWay, 'exportArns'>, regionId: string) => ({
    ...place(reach, regionId),
    ...(await credentialsOf(reach, sessionsOf)),
  });
  const once = async <T>(service: keyof AwsClients, reach: Reach, where: string, make: () => Promise<T>): Promise<T> => {
    const { ownerTenantId, id, credentials, endpointUrl, billingViewArn, trust } = reach;
    refuseOutsideView(service, billingViewArn);
    const key = JSON.stringify([ownerTenantId, id, service, credentials, endpointUrl, billingViewArn, trust?.state, where]);
    const known = kept.get(key) as Promise<T> | undefined;
    if (known) return known;
    const made = make().then((client) => fitted(client, service, reach));
    if (ownerTenantId === undefined || id === undefined) return made;
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
  return {
    costExplorer: (reach) =>
      once('costExplorer', reach, reach.regionId, async () => {
        const { CostExplorerClient } = await import('@aws-sdk/client-cost-explorer');
        const client = new CostExplorerClient(await settings(reach, reach.regionId));
        addPace(client, costExplorerPace, JSON.stringify(reach.credentials));
        return client;
      }),
    computeOptimizer: (reach, regionId) =>
      once('computeOptimizer', reach, regionId, async () => {
        // Speaks awsJson1_0 in the version that package.json fixes; a test asserts it, since later ones may prefer CBOR.
        const { ComputeOptimizerClient } = await import('@aws-sdk/client-compute-optimizer');
        return new ComputeOptimizerClient(await settings(reach, regionId));
      }),
    costOptimizationHub: (reach) =>
      once('costOptimizationHub', reach, HUB_REGION, async () => {
        const { CostOptimizationHubClient } = await import('@aws-sdk/client-cost-optimization-hub');
        return new CostOptimizationHubClient(await settings(reach, HUB_REGION));
      }),
    organizations: (reach) =>
      once('organizations', reach, ORGANIZATIONS_REGION, async () => {
        const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
        return new OrganizationsClient(await settings(reach, ORGANIZATIONS_REGION));
      }),
    pricing: (reach) =>
      once('pricing', reach, PRICING_REGION, async () => {
        const { PricingClient } = await import('@aws-sdk/client-pricing');
        return new PricingClient(await settings(reach, PRICING_REGION));
      }),
    savingsPlans: (reach) =>
      once('savingsPlans', reach, SAVINGS_PLANS_REGION, async () => {
        const { SavingsplansClient } = await import('@aws-sdk/client-savingsplans');
        return new SavingsplansClient(await settings(reach, SAVINGS_PLANS_REGION));
      }),
    sts: (reach) =>
      once('sts', reach, reach.regionId, async () => {
        const { STSClient } = await import('@aws-sdk/client-sts');
        return new STSClient(await settings(reach, reach.regionId));
      }),
    s3: (reach, exportArns) =>
      once('s3', reach, [reach.regionId, ...exportArns].join(' '), async () => {
        const { S3Client } = await import('@aws-sdk/client-s3');
        // The bucket may lie in another region than the rest; another endpoint than AWS knows no host for each bucket.
        const s3 = { followRegionRedirects: true, forcePathStyle: reach.endpointUrl !== null };
        return new S3Client({ ...(await settings({ ...reach, exportArns }, reach.regionId)), ...s3 });
      }),
  };
}

async function credentialsOf(reach: Reach & Pick<RoleWay, 'exportArns'>, sessionsOf: (way: RoleWay) => RoleProvider) {
  // The sandbox checks no signature; any two words do.
  if (reach.credentials.kind === 'sandbox') return { credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } };
  if (reach.credentials.kind === 'files') {
    throw new AdvisorError(
      'INVALID_INPUT',
      'This connection takes files only',
      'Use "import" for its bill, or connect to AWS under another name.',
    );
  }
  const { credentials } = reach;
  if (credentials.kind === 'role') return { credentials: sessionsOf({ ...reach, credentials }) };
  return chainOf(credentials.profile);
}

async function chainOf(profile: string | null) {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  if (profile === null) return { credentials: fromNodeProviderChain() };
  return { profile, credentials: fromNodeProviderChain({ profile }) };
}

type Step = (args: { readonly input: object }) => Promise<unknown>;

/** What every client of the SDK has, whatever its commands are. */
interface AnyClient {
  readonly config: { readonly credentials: RoleProvider };
  readonly middlewareStack: {
    add(
      middleware: (next: Step, context: { readonly commandName?: string }) => Step,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

const EXPIRED: readonly string[] = ['ExpiredToken', 'ExpiredTokenException'];

/** A session that AWS calls expired before its time is renewed once; Cost Explorer is asked for the connection's view alone. */
function fitted<T>(client: T, service: keyof AwsClients, { credentials, billingViewArn }: Reach): T {
  // Each client has its own types for the same two parts.
  const { config, middlewareStack } = client as AnyClient;
  if (credentials.kind === 'role') {
    const renew = (next: Step) => async (args: Parameters<Step>[0]) => {
      try {
        return await next(args);
      } catch (error) {
        if (!(error instanceof Error) || !EXPIRED.includes(error.name)) throw error;
        await config.credentials({ forceRefresh: true });
        return next(args);
      }
    };
    middlewareStack.add(renew, { step: 'initialize', name: 'renewExpiredSession' });
  }
  if (billingViewArn && service === 'costExplorer') {
    middlewareStack.add(
      (next, { commandName = '' }) =>
        (args) =>
          next({ ...args, input: withBillingView(commandName, args.input, billingViewArn) }),
      { step: 'initialize', name: 'addBillingView' },
    );
  }
  return client;
}

/** Inside the SDK's retries, so that a repeated request waits its turn too. An endpoint on this machine never waits. */
function addPace(client: CostExplorerClient, wait: Pace, key: string): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const { hostname } = args.request as { readonly hostname?: string };
      if (!isLoopback(hostname ?? '')) await wait(key);
      return next(args);
    },
    { step: 'finalizeRequest', name: 'waitForTurn', priority: 'low' },
  );
}
