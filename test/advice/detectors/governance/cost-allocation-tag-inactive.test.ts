import { describe, expect, it } from 'vitest';
import { costAllocationTagInactive } from '../../../../src/advice/detectors/governance/cost-allocation-tag-inactive.ts';
import { EXAMPLE_ACCOUNT_ID, exampleResource } from '../../../../src/advice/example-facts.ts';
import { NO_SAFETY_NETS } from '../../../../src/ledger/safety-nets.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { findingOf, judged } from '../support.ts';
import { claimsNothing, costing } from './support.ts';

const keys = (given: Readonly<Record<string, boolean>>, more: Partial<Snapshot> = {}) =>
  judged(costAllocationTagInactive, {
    snapshot: () => ({
      safetyNets: {
        ...NO_SAFETY_NETS,
        allocationTags: Object.entries(given).map(([key, isActive]) => ({ accountId: EXAMPLE_ACCOUNT_ID, key, isActive })),
      },
      ...more,
    }),
  });

describe('cost allocation tag inactive', () => {
  claimsNothing(costAllocationTagInactive);

  it('names what people tell cost apart by, however they write it, and what the plan selects by', () => {
    expect(findingOf(keys({ Business_Unit: false, 'workload-id': false })).evidence).toMatchObject({
      tagKeys: 'Business_Unit, workload-id',
      tagKeyCount: 2,
    });
  });

  it('leaves names and notes alone, and what is active', () => {
    expect(keys({ Name: false, memo: false, env: true, 'aws:createdBy': false })).toEqual({ kind: 'healthy' });
  });

  it('wants the tag of the migration programme only where something carries it', () => {
    const carrying = exampleResource({
      resourceId: 'i-0123456789abcdef9',
      resourceType: 'Ec2Instance',
      tags: [{ key: 'map-migrated', value: 'migEXAMPLE' }],
    });
    expect(keys({ 'map-migrated': false })).toEqual({ kind: 'healthy' });
    expect(keys({ 'map-migrated': false }, { resources: [carrying] }).kind).toBe('finding');
  });

  it('is not guessed where nobody asked', () => {
    expect(keys({})).toEqual({ kind: 'unknown', missing: ['allocationTags'] });
  });

  it('is no matter below 100 a month, and is from there', () => {
    expect(judged(costAllocationTagInactive, { snapshot: costing('98.6') })).toEqual({ kind: 'healthy' });
    expect(judged(costAllocationTagInactive, { snapshot: costing('98.7') }).kind).toBe('finding');
  });
});
