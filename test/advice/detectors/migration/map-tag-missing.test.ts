import { describe, expect, it } from 'vitest';
import { mapTagMissing } from '../../../../src/advice/detectors/migration/map-tag-missing.ts';
import { exampleWave } from '../../../../src/advice/example-facts.ts';
import type { ResourceFacts } from '../../../../src/ledger/resource.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const [tagged, untagged] = exampleOf(mapTagMissing).view.snapshot.resources as [ResourceFacts, ResourceFacts];
const having = (...resources: ResourceFacts[]) => judged(mapTagMissing, { snapshot: () => ({ resources }) });
const withTag = (value: string): ResourceFacts => ({
  ...untagged,
  tags: [...untagged.tags, { key: 'map-migrated', value }],
});

describe('MAP tag missing', () => {
  it('counts what has no tag beside what has one, and claims nothing', () => {
    const found = findingOf(judged(mapTagMissing));
    expect(found.evidence).toEqual({ workloads: 'order', untaggedCount: 1, untaggedCost: '90.52' });
    expect(found.savings.high).toBe('0');
  });

  it('takes a tag without a value for none', () => {
    expect(having(tagged, withTag(' ')).kind).toBe('finding');
    expect(having(tagged, withTag('migEXAMPLE'))).toEqual({ kind: 'healthy' });
  });

  it('says nothing of workloads that take no part in the programme', () => {
    expect(having(untagged)).toEqual({ kind: 'healthy' });
    const elsewhere = exampleWave({
      workload: 'shop',
      matches: { accountIds: [], resourceIds: [untagged.resourceId], tags: [] },
    });
    expect(judged(mapTagMissing, { snapshot: () => ({ workloads: [elsewhere, exampleWave()] }) })).toEqual({ kind: 'healthy' });
  });

  it('does not count what is gone, in no workload, or of unknown tags', () => {
    expect(having(tagged, { ...untagged, lastBilledDay: '2026-11-01' })).toEqual({ kind: 'healthy' });
    expect(having(tagged, { ...untagged, tags: [] })).toEqual({ kind: 'healthy' });
    expect(judged(mapTagMissing, { snapshot: () => ({ workloads: [] }) })).toEqual({ kind: 'healthy' });
  });

  it('follows an organisation that wants to hear of more', () => {
    expect(judged(mapTagMissing, { thresholds: { minimumMonthlyCost: 91 } })).toEqual({ kind: 'healthy' });
  });
});
