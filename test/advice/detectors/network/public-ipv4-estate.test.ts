import { describe, expect, it } from 'vitest';
import { publicIpv4Estate } from '../../../../src/advice/detectors/network/public-ipv4-estate.ts';
import type { ResourceFacts } from '../../../../src/ledger/resource.ts';
import { exampleOf, findingOf, judged } from '../support.ts';

const { resources } = exampleOf(publicIpv4Estate).view.snapshot;
const having = (given: readonly ResourceFacts[], thresholds?: unknown) =>
  judged(publicIpv4Estate, { thresholds, snapshot: () => ({ resources: given }) });

describe('public IPv4 addresses in use', () => {
  it('are counted with their cost, of which nothing is claimed before somebody looked', () => {
    expect(findingOf(judged(publicIpv4Estate)).savings).toEqual({ low: '0', expected: '0', high: '43.8' });
  });

  it('are no matter below ten, and are from there', () => {
    expect(having(resources.slice(0, 9))).toEqual({ kind: 'healthy' });
    expect(having(resources.slice(0, 10)).kind).toBe('finding');
  });

  it('are not counted where they are idle, which another rule finds, or gone', () => {
    const idle = resources.map((item) => ({
      ...item,
      lines: item.lines.map((line) => ({ ...line, meterKind: 'PublicIPv4:IdleAddress' })),
    }));
    expect(having(idle)).toEqual({ kind: 'healthy' });
    expect(having(resources.map((item) => ({ ...item, lastBilledDay: '2026-11-01' })))).toEqual({ kind: 'healthy' });
  });

  it('follow an organisation that asks earlier', () => {
    expect(having(resources.slice(0, 5), { minimumAddressCount: 5 }).kind).toBe('finding');
  });

  it('have no subject where none is billed', () => {
    const { view } = exampleOf(publicIpv4Estate);
    const none = { ...view, snapshot: { ...view.snapshot, resources: [] } };
    expect([...(publicIpv4Estate.select?.(none) ?? [])]).toEqual([]);
  });
});
