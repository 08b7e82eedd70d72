import { describe, expect, it } from 'vitest';
import { migrationServiceStillBilled } from '../../../../src/advice/detectors/migration/migration-service-still-billed.ts';
import { EXAMPLE_ACCOUNT_ID, exampleService, exampleWave } from '../../../../src/advice/example-facts.ts';
import { addDays } from '../../../../src/kernel/calendar.ts';
import { SERVICE } from '../../../../src/ledger/service.ts';
import type { Snapshot } from '../../../../src/ledger/snapshot.ts';
import { exampleOf, findingOf, judged } from '../support.ts';
import { describeLeftOver } from './support.ts';

const paying = (dailyCost: string, serviceName: string = SERVICE.dataSync) => ({
  snapshot: (): Partial<Snapshot> => ({ spendByService: [exampleService(serviceName, dailyCost)] }),
});

describe('migration service still billed', () => {
  it('finds what an account still pays for such services; what they are for only people know', () => {
    expect(findingOf(judged(migrationServiceStillBilled)).savings).toEqual({ low: '0', expected: '146', high: '146' });
  });

  it('leaves an account alone below 5 a month, and finds it from there', () => {
    expect(judged(migrationServiceStillBilled, paying('0.164'))).toEqual({ kind: 'healthy' });
    expect(judged(migrationServiceStillBilled, paying('0.165')).kind).toBe('finding');
  });

  it('leaves services alone that are meant to last', () => {
    for (const name of [SERVICE.disasterRecovery, SERVICE.transferFamily, SERVICE.s3]) {
      expect(judged(migrationServiceStillBilled, paying('40', name)), name).toEqual({ kind: 'healthy' });
    }
  });

  it('leaves an account alone that stopped paying', () => {
    const { settledUntil } = exampleOf(migrationServiceStillBilled).view.snapshot;
    const stopped = exampleService(SERVICE.dataSync, '4.8');
    const days = stopped.days.filter(({ day }) => day < addDays(settledUntil, -14));
    expect(judged(migrationServiceStillBilled, { snapshot: () => ({ spendByService: [{ ...stopped, days }] }) })).toEqual({
      kind: 'healthy',
    });
  });

  it('waits for the last wave of the account, also for one that names single resources', () => {
    const { resources } = exampleOf(migrationServiceStillBilled).view.snapshot;
    expect(resources).toEqual([]);
    const later = exampleWave({ wave: 'Wave 3', cutOver: '2026-11-20' });
    expect(judged(migrationServiceStillBilled, { snapshot: () => ({ workloads: [exampleWave(), later] }) })).toMatchObject({
      kind: 'notApplicable',
      because: 'waveNotCutOver',
    });
    expect(EXAMPLE_ACCOUNT_ID).toBe(later.matches.accountIds[0]);
  });
});

describeLeftOver(migrationServiceStillBilled, 30);
