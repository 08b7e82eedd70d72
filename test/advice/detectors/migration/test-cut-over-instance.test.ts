import { describe, expect, it } from 'vitest';
import { testCutOverInstance } from '../../../../src/advice/detectors/migration/test-cut-over-instance.ts';
import { viewOf } from '../../../../src/advice/snapshot-view.ts';
import { exampleOf, findingOf, judged } from '../support.ts';
import { describeLeftOver } from './support.ts';

const { view } = exampleOf(testCutOverInstance);

function isPicked(key: string, value: string): boolean {
  const resources = view.snapshot.resources.map((resource) => ({ ...resource, tags: [{ key, value }] }));
  return [...(testCutOverInstance.select?.(viewOf({ ...view.snapshot, resources })) ?? [])].length === 1;
}

describe('rehearsal machine', () => {
  it('finds one that still runs after the real cut-over', () => {
    expect(findingOf(judged(testCutOverInstance)).savings.expected).toBe('90.52');
  });

  it('reads the tag as people write it', () => {
    for (const value of ['test-cutover', 'Test Cutover', 'cutover_test', 'migration rehearsal', '移行リハーサル']) {
      expect(isPicked('Purpose', value), value).toBe(true);
    }
    expect(isPicked('用途', '移行テスト')).toBe(true);
  });

  it('leaves others alone, also those that are merely called so', () => {
    expect(isPicked('Name', 'test-cutover')).toBe(false);
    expect(isPicked('purpose', 'rehearsal room booking')).toBe(false);
    expect(isPicked('env', 'test')).toBe(false);
  });
});

describeLeftOver(testCutOverInstance, 7);
