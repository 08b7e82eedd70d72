import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { billFileReader } from '../../src/adapters/files/index.ts';
import { connectionStore } from '../../src/adapters/postgres/connection-store.ts';
import { ledgerReader } from '../../src/adapters/postgres/ledger/ledger-reader.ts';
import { ledgerWriter } from '../../src/adapters/postgres/ledger/ledger-writer.ts';
import { observationWriter } from '../../src/adapters/postgres/ledger/observation-writer.ts';
import { snapshotReader } from '../../src/adapters/postgres/ledger/snapshot-reader.ts';
import { runStore } from '../../src/adapters/postgres/run-store.ts';
import { statementMappingStore } from '../../src/adapters/postgres/statement-mapping-store.ts';
import { auditStore, ownTenantStore, tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import type { Context } from '../../src/operations/context.ts';
import { type ImportResult, importFiles } from '../../src/operations/import-files.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import { spendSummary } from '../../src/operations/spend-summary.ts';
import { readStatementMapping, saveStatementMapping, statementMapping } from '../../src/operations/statement-mappings.ts';
import { billFolder, csv } from '../adapters/files/open-bills.ts';
import { testDatabase } from '../support/database.ts';

const db = testDatabase();
const folder = billFolder();
let context: Context;

beforeAll(async () => {
  context = await aTenant('files');
});

async function aTenant(name: string): Promise<Context> {
  const { database } = db;
  const tenant = await tenantDirectoryStore(database).create({ name, locale: 'ja' });
  const ports = {
    tenant: ownTenantStore(database),
    audit: auditStore(database),
    connections: connectionStore(database),
    ledgerWriter: ledgerWriter(database),
    ledgerReader: ledgerReader(database),
    observations: observationWriter(database),
    snapshots: snapshotReader(database),
    runs: runStore(database),
    billFiles: billFileReader(),
    statementMappings: statementMappingStore(database),
  } as Partial<Ports> as Ports;
  return {
    scope: { tenantId: tenant.id, actor: { kind: 'localOperator', id: 'local', label: 'test', role: 'integratorAdmin' } },
    locale: 'en',
    now: () => new Date('2026-11-20T05:00:00Z'),
    ports,
    progress: null,
  };
}

async function imported(own: Context, file: string): Promise<ImportResult> {
  return importFiles(own, { paths: [file], opened: await own.ports.billFiles.open([file]) });
}

const FOCUS = [
  'BilledCost',
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargeCategory',
  'ChargePeriodStart',
  'CommitmentDiscountStatus',
  'CommitmentDiscountId',
  'ConsumedQuantity',
  'EffectiveCost',
  'ProviderName',
  'RegionId',
  'ServiceName',
  'SubAccountId',
  'x_UsageType',
];
const row = (values: Record<string, string>): Record<string, string> => ({
  BilledCost: '1',
  EffectiveCost: '1',
  BillingAccountId: '12345',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2026-09-01T00:00:00Z',
  BillingPeriodEnd: '2026-10-01T00:00:00Z',
  ChargeCategory: 'Usage',
  ChargePeriodStart: '2026-09-18T22:00:00Z',
  ConsumedQuantity: '1',
  ProviderName: 'AWS',
  ServiceName: 'Amazon Elastic Compute Cloud',
  SubAccountId: '1',
  x_UsageType: 'BoxUsage:m5.large',
  ...values,
});

describe('an import', () => {
  it('keeps providers and currencies apart in one ledger, and changes nothing when it is done again', async () => {
    const file = folder.write(
      'clouds.csv',
      csv(FOCUS, [
        row({ BilledCost: '10', EffectiveCost: '10' }),
        row({
          BilledCost: '500',
          EffectiveCost: '500',
          ProviderName: 'Osaka data centre',
          BillingCurrency: 'JPY',
          ServiceName: 'Rack',
          x_UsageType: '',
        }),
      ]),
    );

    const first = await imported(context, file);
    const second = await imported(context, file);

    expect(second).toEqual(first);
    expect(first.periods.map((period) => period.billingAccountId)).toEqual(['12345', 'Osaka data centre/12345']);
    expect(first.totals.map((total) => [total.currency, total.serviceName, total.billedCost])).toEqual([
      ['USD', 'Amazon Elastic Compute Cloud', '10'],
      ['JPY', 'Rack', '500'],
    ]);
    const question = { basis: 'invoiceCost', fromMonth: '2026-09', throughMonth: '2026-09' } as const;
    await expect(spendSummary(context, { ...question, currency: null })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await spendSummary(context, { ...question, currency: 'JPY' })).months).toMatchObject([{ total: '500' }]);
    expect((await spendSummary(context, { ...question, currency: 'USD' })).months).toMatchObject([{ total: '10' }]);
  });

  it('does not take hours under a commitment for on-demand usage', async () => {
    const own = await aTenant('commitments');
    const covered = {
      BilledCost: '0',
      EffectiveCost: '0.6',
      CommitmentDiscountId: 'sp-1',
      CommitmentDiscountStatus: 'Used',
      ConsumedQuantity: '20',
    };
    await imported(own, folder.write('covered.csv', csv(FOCUS, [row({ ConsumedQuantity: '4' }), row(covered)])));

    const snapshot = await own.ports.snapshots.snapshot(own.scope, { asOf: '2026-10-10', currency: null });

    const used = snapshot.onDemandMeters.flatMap((series) => series.days).find((day) => day.day === '2026-09-18');
    expect(used?.usageQuantity).toBe('4');
  });

  it('shows the money of a row without an account as the residual, a credit too', async () => {
    const own = await aTenant('residual');
    const header = [
      'bill/PayerAccountId',
      'lineItem/UsageAccountId',
      'lineItem/LineItemType',
      'lineItem/UsageStartDate',
      'lineItem/UnblendedCost',
      'lineItem/CurrencyCode',
      'lineItem/ProductCode',
    ];
    const line = (account: string, cost: string): Record<string, string> => ({
      'bill/PayerAccountId': '111122223333',
      'lineItem/UsageAccountId': account,
      'lineItem/LineItemType': 'Usage',
      'lineItem/UsageStartDate': '2026-09-03T05:00:00Z',
      'lineItem/UnblendedCost': cost,
      'lineItem/CurrencyCode': 'USD',
      'lineItem/ProductCode': 'AmazonEC2',
    });

    const result = await imported(own, folder.write('residual.csv', csv(header, [line('111122223333', '100'), line('', '-40')])));

    expect(result).toMatchObject({ rows: 2, quarantined: 1 });
    expect(result.totals.map((total) => [total.serviceName, total.billedCost]).toSorted()).toEqual([
      ['AmazonEC2', '100'],
      ['__unattributed__', '-40'],
    ]);
  });
});

describe('the tags of a file', () => {
  const month = (name: string, day: string, env: string): string =>
    folder.write(
      `${name}.csv`,
      csv(
        [...FOCUS, 'ResourceId', 'Tags'],
        [row({ ChargePeriodStart: `${day}T00:00:00Z`, ResourceId: 'i-0abc', Tags: JSON.stringify({ env }) })],
      ),
    );
  const tagsOf = async ({ ports, scope }: Context) => {
    const { resources } = await ports.snapshots.snapshot(scope, { asOf: '2026-10-10', currency: null });
    return resources.map(({ resourceId, tags }) => ({ resourceId, tags }));
  };

  it('are known of its resources, and an older month that comes later does not overwrite them', async () => {
    const own = await aTenant('tags');
    await imported(own, month('tags-september', '2026-09-18', 'prod'));
    await imported(own, month('tags-august', '2026-08-18', 'old'));
    expect(await tagsOf(own)).toEqual([{ resourceId: 'i-0abc', tags: [{ key: 'env', value: 'prod' }] }]);
    await imported(own, month('tags-october', '2026-10-01', 'new'));
    expect(await tagsOf(own)).toEqual([{ resourceId: 'i-0abc', tags: [{ key: 'env', value: 'new' }] }]);
  });

  it('fail the import with their reason where they cannot be kept; the bill stays', async () => {
    const own = await aTenant('tags that fail');
    const observations = { ...own.ports.observations, mergeResourceTags: () => Promise.reject(new Error('no room for tags')) };
    const broken = { ...own, ports: { ...own.ports, observations } };
    const file = month('tags-broken', '2026-09-18', 'prod');
    await expect(imported(broken, file)).rejects.toThrow('no room for tags');
    const [run] = await own.ports.runs.list(own.scope, { limit: 1, after: null });
    expect(run).toMatchObject({ status: 'failed' });
    await imported(own, file);
    expect(await tagsOf(own)).toMatchObject([{ tags: [{ key: 'env', value: 'prod' }] }]);
  });
});

describe('a tenant with nothing but a statement', () => {
  it('has a spend summary in yen and a snapshot that says what is not known', async () => {
    const own = await aTenant('statement');
    const mapping = {
      name: 'reseller',
      issuer: 'Nippon Reseller',
      customerId: 'C-1',
      columns: { service: 'サービス', amount: '金額' },
      totals: [{ label: '合計', of: 'withTax' }],
    };
    await saveStatementMapping(own, { text: JSON.stringify(mapping) });
    await saveStatementMapping(own, { text: JSON.stringify({ ...mapping, issuer: 'Reseller' }) });
    const saved = await statementMapping(own, 'reseller');
    expect(saved).toMatchObject({ version: 2, mapping: { issuer: 'Reseller', currency: 'JPY' } });
    const file = path.join(folder.path, 'statement.csv');
    fs.writeFileSync(file, 'サービス,金額\nAmazon EC2,"100,000"\n消費税,"10,000"\n合計,"110,000"\n');

    const opened = await own.ports.billFiles.openStatements([file], { mapping: saved.mapping, month: '2026-09' });
    const result = await importFiles(own, { paths: [file], opened, priceView: 'customerBilled' });

    expect(result.totals.map((total) => [total.chargeCategory, total.billedCost, total.currency]).toSorted()).toEqual([
      ['Purchase', '100000', 'JPY'],
      ['Tax', '10000', 'JPY'],
    ]);
    expect(
      (await spendSummary(own, { basis: 'invoiceCost', currency: null, fromMonth: '2026-09', throughMonth: '2026-09' })).months,
    ).toMatchObject([{ total: '110000' }]);
    expect(
      (await spendSummary(own, { basis: 'runningCost', currency: null, fromMonth: '2026-09', throughMonth: '2026-09' })).months,
    ).toMatchObject([{ total: '100000' }]);
    const snapshot = await own.ports.snapshots.snapshot(own.scope, { asOf: '2026-10-10', currency: null });
    expect(snapshot).toMatchObject({ currency: 'JPY', resources: [], onDemandMeters: [] });
  });

  it('keeps no mapping that is misspelt', async () => {
    expect(() => readStatementMapping('{"name": "x", "isuer": "y"}')).toThrow(/isuer/);
    await expect(statementMapping(context, 'nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
