import { z } from 'zod';
import { invalid } from '../refusal.ts';
import type { Reader } from './dimensions.ts';
import type { Readers } from './expression.ts';

export const groupBySchema = z
  .array(z.object({ Type: z.enum(['DIMENSION', 'TAG', 'COST_CATEGORY']), Key: z.string() }))
  .default([]);
export type GroupDefinition = z.output<typeof groupBySchema>[number];

const MAXIMUM_GROUPS = 2;

/** Dimensions that Cost Explorer groups by; its refusal lists them (seen in public bug reports, read 2026-11). */
const GROUPABLE = new Set([
  'AZ',
  'INSTANCE_TYPE',
  'LINKED_ACCOUNT',
  'OPERATION',
  'PURCHASE_TYPE',
  'SERVICE',
  'USAGE_TYPE',
  'PLATFORM',
  'TENANCY',
  'RECORD_TYPE',
  'LEGAL_ENTITY_NAME',
  'DEPLOYMENT_OPTION',
  'DATABASE_ENGINE',
  'CACHE_ENGINE',
  'INSTANCE_TYPE_FAMILY',
  'BILLING_ENTITY',
  'RESERVATION_ID',
  'RESOURCE_ID',
  'REGION',
  'OPERATING_SYSTEM',
  'INVOICING_ENTITY',
]);

export function groupReaders(definitions: readonly GroupDefinition[], readers: Readers): Reader[] {
  if (definitions.length > MAXIMUM_GROUPS) {
    throw invalid(`Group by clause supports at most ${MAXIMUM_GROUPS} dimensions, tags or cost categories`);
  }
  const distinct = new Set(definitions.map(({ Type: type, Key: key }) => `${type} ${key}`));
  if (distinct.size < definitions.length) throw invalid('Group by clause contains the same group definition twice');
  return definitions.map((definition) => groupReader(definition, readers));
}

function groupReader({ Type: type, Key: key }: GroupDefinition, readers: Readers): Reader {
  if (type !== 'DIMENSION') {
    const read = type === 'TAG' ? readers.tag(key) : readers.costCategory(key);
    return (series) => `${key}$${read(series)}`;
  }
  if (!GROUPABLE.has(key)) {
    throw invalid(`Group Definition dimension is invalid. Valid values are ${[...GROUPABLE].join(', ')}`);
  }
  return readers.dimension(key);
}
