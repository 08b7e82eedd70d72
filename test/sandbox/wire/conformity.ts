import { createRequire } from 'node:module';
import * as computeOptimizer from '@aws-sdk/client-compute-optimizer';
import * as costExplorer from '@aws-sdk/client-cost-explorer';
import * as organizations from '@aws-sdk/client-organizations';
import * as pricing from '@aws-sdk/client-pricing';
import * as savingsPlans from '@aws-sdk/client-savingsplans';

/** The parts of the SDK's schema objects that we walk. */
interface Schema {
  isStructSchema(): boolean;
  isListSchema(): boolean;
  isMapSchema(): boolean;
  isStringSchema(): boolean;
  isBooleanSchema(): boolean;
  isNumericSchema(): boolean;
  isTimestampSchema(): boolean;
  getValueSchema(): Schema;
  getSchema(): unknown;
  structIterator(): Iterable<[string, Schema]>;
}

const sdk = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/client-cost-explorer'));
const { NormalizedSchema } = sdk('@smithy/core/schema') as { NormalizedSchema: { of(schema: unknown): Schema } };

const PACKAGES: Readonly<Record<string, object>> = {
  AWSInsightsIndexService: costExplorer,
  ComputeOptimizerService: computeOptimizer,
  AWSOrganizationsV20161128: organizations,
  AWSPriceListService: pricing,
  // REST: `clients.ts` makes a target of the path.
  Savingsplans: savingsPlans,
};

/**
 * Holds the JSON of an answer against the service model inside the SDK, since the SDK itself drops members it does not know. Each
 * complaint names the path. `target` is the X-Amz-Target of the request.
 */
export function complaintsAbout(target: string, body: string): string[] {
  const [prefix = '', operation = ''] = target.split('.');
  const schemas = PACKAGES[prefix] as Record<string, unknown> | undefined;
  const found = schemas?.[`${operation}Response$`] ?? schemas?.[`${operation}Output$`];
  if (!found) return [`no model for ${target}`];
  return [...complaints(NormalizedSchema.of(found), JSON.parse(body), operation)];
}

function* complaints(schema: Schema, value: unknown, path: string): Generator<string> {
  if (value === null) yield `${path} is null`;
  else if (schema.isStructSchema()) yield* structComplaints(schema, value, path);
  else if (schema.isListSchema()) yield* listComplaints(schema, value, path);
  else if (schema.isMapSchema()) yield* mapComplaints(schema, value, path);
  else if (schema.isStringSchema()) yield* typeComplaint('string', value, path);
  else if (schema.isBooleanSchema()) yield* typeComplaint('boolean', value, path);
  else if (schema.isNumericSchema() || schema.isTimestampSchema()) yield* typeComplaint('number', value, path);
  else yield `${path} has a type that this helper does not know`;
}

function* structComplaints(schema: Schema, value: unknown, path: string): Generator<string> {
  if (!isObject(value)) return yield `${path} is not an object`;
  const members = new Map(schema.structIterator());
  for (const [name, item] of Object.entries(value)) {
    const member = members.get(name);
    if (member) yield* complaints(member, item, `${path}.${name}`);
    else yield `${path}.${name} is not in the model`;
  }
  for (const name of requiredMembers(schema)) if (!(name in value)) yield `${path}.${name} is missing`;
}

function* listComplaints(schema: Schema, value: unknown, path: string): Generator<string> {
  if (!Array.isArray(value)) return yield `${path} is not a list`;
  for (const [index, item] of value.entries()) yield* complaints(schema.getValueSchema(), item, `${path}[${index}]`);
}

function* mapComplaints(schema: Schema, value: unknown, path: string): Generator<string> {
  if (!isObject(value)) return yield `${path} is not a map`;
  for (const [key, item] of Object.entries(value)) yield* complaints(schema.getValueSchema(), item, `${path}{${key}}`);
}

function* typeComplaint(type: string, value: unknown, path: string): Generator<string> {
  if (typeof value !== type) yield `${path} is a ${typeof value}, not a ${type}`;
}

/** Static structures are [kind, namespace, name, traits, member names, member schemas, how many of the first are required]. */
function requiredMembers(schema: Schema): readonly string[] {
  const fields = schema.getSchema();
  if (!Array.isArray(fields)) return [];
  return (fields[4] as readonly string[]).slice(0, (fields[6] as number | undefined) ?? 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
