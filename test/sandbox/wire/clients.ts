import { ComputeOptimizerClient } from '@aws-sdk/client-compute-optimizer';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { CostOptimizationHubClient } from '@aws-sdk/client-cost-optimization-hub';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { PricingClient } from '@aws-sdk/client-pricing';
import { S3Client } from '@aws-sdk/client-s3';
import { SavingsplansClient } from '@aws-sdk/client-savingsplans';
import { STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished } from 'vitest';
import type { Estate } from '../../../src/sandbox/estate/types.ts';
import { type Sandbox, serveEstate, type WireOptions } from '../../../src/sandbox/wire/start-sandbox.ts';
import { complaintsAbout } from './conformity.ts';

/** A sandbox for one test, closed after it. */
export async function serveForTest(estate: Estate, options?: WireOptions): Promise<Sandbox> {
  const sandbox = await serveEstate(estate, options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

interface ClientOptions {
  readonly region?: string;
  readonly maxAttempts?: number;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

/** AWS's own clients; only the endpoint differs from the real thing. Every JSON answer is held against the service model. No retries unless asked for. */
export function clientsOf({ url }: Pick<Sandbox, 'url'>, options: ClientOptions = {}) {
  const config = {
    endpoint: url,
    region: options.region ?? 'ap-northeast-1',
    maxAttempts: options.maxAttempts ?? 1,
    credentials: options.credentials ?? { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-real-key' },
  };
  return {
    costExplorer: checked(new CostExplorerClient(config)),
    computeOptimizer: checked(new ComputeOptimizerClient(config)),
    // Unchecked: the version that package.json fixes carries no model of its answers.
    costOptimizationHub: new CostOptimizationHubClient(config),
    organizations: checked(new OrganizationsClient(config)),
    pricing: checked(new PricingClient(config)),
    savingsPlans: checked(new SavingsplansClient(config)),
    sts: new STSClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
  };
}

interface Handled {
  request: unknown;
}
type Next = (args: Handled) => Promise<{ response: unknown }>;
interface Stacked {
  middlewareStack: { add(middleware: unknown, options: object): void };
}

/** Sits between the socket and the SDK's deserialiser. */
function checked<T>(client: T): T {
  const middleware = (next: Next) => async (args: Handled) => {
    const result = await next(args);
    const response = result.response as { statusCode: number; body: AsyncIterable<Uint8Array> | Uint8Array };
    const parts: Uint8Array[] = [];
    for await (const part of response.body as AsyncIterable<Uint8Array>) parts.push(part);
    const body = Buffer.concat(parts);
    response.body = new Uint8Array(body);
    const { headers, path = '' } = args.request as { headers: Record<string, string>; path?: string };
    const target = headers['x-amz-target'] ?? `Savingsplans.${path.slice(1)}`;
    if (response.statusCode === 200 && isJson(body)) expect(complaintsAbout(target, body.toString())).toEqual([]);
    return result;
  };
  (client as Stacked).middlewareStack.add(middleware, { step: 'deserialize', priority: 'low', name: 'checkConformity' });
  return client;
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

const HEADERS = {
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261120/us-east-1/ce/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`,
  'content-type': 'application/x-amz-json-1.1',
};

/** The wire itself, for what no SDK would send. */
export async function post({ url }: Sandbox, target: string, body: string, headers: Record<string, string> = HEADERS) {
  const response = await fetch(url, { method: 'POST', body, headers: { 'x-amz-target': target, ...headers } });
  return { status: response.status, headers: response.headers, body: await response.text() };
}
