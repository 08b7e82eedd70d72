import { GetCostAndUsageCommand, type GetCostAndUsageCommandInput } from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import { clientsOf, serveForTest } from './clients.ts';
import { LEDGER, PAYER, SHOP, type TinyEstate, tinyEstate, usd } from './tiny-estate.ts';

const NOVEMBER = { Start: '2026-11-01', End: '2026-11-04' };
const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const S3 = 'Amazon Simple Storage Service';

async function ask(given: TinyEstate, input: Partial<GetCostAndUsageCommandInput>) {
  const { costExplorer } = clientsOf(await serveForTest(tinyEstate(given)));
  return costExplorer.send(
    new GetCostAndUsageCommand({ TimePeriod: NOVEMBER, Granularity: 'DAILY', Metrics: ['UnblendedCost'], ...input }),
  );
}

describe('GetCostAndUsage', () => {
  it('puts the numbers into Total when nothing is grouped', async () => {
    const answer = await ask({ lines: [{ unblendedCost: usd('1.5') }, { unblendedCost: usd('0.0000000001') }] }, {});
    expect(answer.ResultsByTime).toHaveLength(3);
    expect(answer.ResultsByTime?.[0]).toEqual({
      TimePeriod: { Start: '2026-11-01', End: '2026-11-02' },
      Total: { UnblendedCost: { Amount: '1.5000000001', Unit: 'USD' } },
      Groups: [],
      Estimated: true,
    });
    expect(answer.DimensionValueAttributes).toEqual([]);
  });

  it('leaves Total empty and puts the numbers into Groups when something is grouped', async () => {
    const lines = [{ accountId: SHOP }, { accountId: LEDGER, serviceName: S3, unblendedCost: usd('-0.25') }];
    const GroupBy = [
      { Type: 'DIMENSION' as const, Key: 'LINKED_ACCOUNT' },
      { Type: 'DIMENSION' as const, Key: 'SERVICE' },
    ];
    const answer = await ask({ lines }, { GroupBy });
    expect(answer.GroupDefinitions).toEqual(GroupBy);
    expect(answer.ResultsByTime?.[1]).toEqual({
      TimePeriod: { Start: '2026-11-02', End: '2026-11-03' },
      Total: {},
      Groups: [
        { Keys: [SHOP, EC2], Metrics: { UnblendedCost: { Amount: '1', Unit: 'USD' } } },
        { Keys: [LEDGER, S3], Metrics: { UnblendedCost: { Amount: '-0.25', Unit: 'USD' } } },
      ],
      Estimated: true,
    });
    expect(answer.DimensionValueAttributes).toEqual([
      { Value: SHOP, Attributes: { description: 'Shop & Co "本店"' } },
      { Value: LEDGER, Attributes: { description: 'Ledger' } },
    ]);
  });

  it('has no group where nothing was active, and a zero group where something was free', async () => {
    const lines = [{ unblendedCost: 0n }, { serviceName: S3, from: '2026-11-02', until: '2026-11-03' }];
    const answer = await ask({ lines }, { GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }] });
    expect(answer.ResultsByTime?.map((day) => day.Groups?.map((group) => group.Keys?.[0]))).toEqual([[EC2], [EC2, S3], [EC2]]);
    expect(answer.ResultsByTime?.[0]?.Groups?.[0]?.Metrics).toEqual({ UnblendedCost: { Amount: '0', Unit: 'USD' } });
  });

  it('says zero for a day of which it knows nothing', async () => {
    const answer = await ask(
      { lines: [{}] },
      { TimePeriod: { Start: '2026-11-20', End: '2026-12-01' }, Metrics: ['UnblendedCost', 'UsageQuantity'] },
    );
    expect(answer.ResultsByTime).toHaveLength(11);
    expect(answer.ResultsByTime?.[0]?.Total).toEqual({
      UnblendedCost: { Amount: '0', Unit: 'USD' },
      UsageQuantity: { Amount: '0', Unit: 'N/A' },
    });
  });

  it('gives usage its unit, or N/A where units are mixed', async () => {
    const lines = [{}, { serviceName: S3, usageUnit: 'GB-Mo', usageQuantity: usd('0.5') }];
    const Metrics = ['UsageQuantity', 'NormalizedUsageAmount'];
    const grouped = await ask({ lines }, { Metrics, GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }] });
    expect(grouped.ResultsByTime?.[0]?.Groups?.map((group) => group.Metrics?.UsageQuantity)).toEqual([
      { Amount: '24', Unit: 'Hrs' },
      { Amount: '0.5', Unit: 'GB-Mo' },
    ]);
    const total = await ask({ lines }, { Metrics });
    expect(total.ResultsByTime?.[0]?.Total).toEqual({
      UsageQuantity: { Amount: '24.5', Unit: 'N/A' },
      // m5.large is 4 normalised units an hour; both lines carry its usage type.
      NormalizedUsageAmount: { Amount: '98', Unit: 'N/A' },
    });
  });

  it('tells the cash view and the amortised view apart', async () => {
    const line = {
      recordType: 'DiscountedUsage',
      unblendedCost: 0n,
      amortizedCost: usd('2.5'),
      netUnblendedCost: 0n,
      netAmortizedCost: usd('2.25'),
    };
    const Metrics = ['UnblendedCost', 'AmortizedCost', 'NetUnblendedCost', 'NetAmortizedCost', 'BlendedCost'];
    const answer = await ask({ lines: [line] }, { Metrics });
    const amounts = Object.entries(answer.ResultsByTime?.[0]?.Total ?? {}).map(([name, value]) => [name, value.Amount]);
    expect(Object.fromEntries(amounts)).toEqual({
      UnblendedCost: '0',
      AmortizedCost: '2.5',
      NetUnblendedCost: '0',
      NetAmortizedCost: '2.25',
      BlendedCost: '0',
    });
  });

  it('cuts months at the edges of the question and calls only open months estimated', async () => {
    const answer = await ask({ lines: [{}] }, { Granularity: 'MONTHLY', TimePeriod: { Start: '2026-09-20', End: '2026-11-10' } });
    expect(answer.ResultsByTime?.map((month) => [month.TimePeriod, month.Total?.UnblendedCost?.Amount, month.Estimated])).toEqual(
      [
        [{ Start: '2026-09-20', End: '2026-10-01' }, '11', false],
        [{ Start: '2026-10-01', End: '2026-11-01' }, '31', false],
        [{ Start: '2026-11-01', End: '2026-11-10' }, '9', true],
      ],
    );
  });

  it.each([
    ['2026-11-05', true],
    ['2026-11-06', false],
  ])('still estimates the previous month on %s: %s', async (asOf, estimated) => {
    const answer = await ask(
      { asOf, lines: [{}] },
      { Granularity: 'MONTHLY', TimePeriod: { Start: '2026-10-01', End: '2026-11-01' } },
    );
    expect(answer.ResultsByTime?.[0]?.Estimated).toBe(estimated);
  });

  it('groups by a tag, with the key before the value and nothing behind it for what has none', async () => {
    const resources = [{ resourceId: 'i-1', tags: { team: '売上 <b>"x"</b>', Name: 'web' } }];
    const lines = [{ resourceId: 'i-1' }, { resourceId: 'i-2' }, { resourceId: null }];
    const answer = await ask({ lines, resources }, { GroupBy: [{ Type: 'TAG', Key: 'team' }] });
    expect(answer.ResultsByTime?.[0]?.Groups?.map((group) => [group.Keys, group.Metrics?.UnblendedCost?.Amount])).toEqual([
      [['team$'], '2'],
      [['team$売上 <b>"x"</b>'], '1'],
    ]);
  });

  it('reads every dimension that the bill can tell', async () => {
    const lines = [
      { recordType: 'SavingsPlanCoveredUsage', operation: 'RunInstances:0002' },
      { accountId: PAYER, serviceName: 'Tax', usageType: '', operation: '', regionId: '', recordType: 'Tax' },
    ];
    const keysBy = async (Key: string) => {
      const answer = await ask({ lines }, { GroupBy: [{ Type: 'DIMENSION', Key }] });
      return answer.ResultsByTime?.[0]?.Groups?.map((group) => group.Keys?.[0]);
    };
    expect(await keysBy('REGION')).toEqual(['NoRegion', 'ap-northeast-1']);
    expect(await keysBy('USAGE_TYPE')).toEqual(['APN1-BoxUsage:m5.large', 'NoUsageType']);
    expect(await keysBy('OPERATION')).toEqual(['NoOperation', 'RunInstances:0002']);
    expect(await keysBy('INSTANCE_TYPE')).toEqual(['NoInstanceType', 'm5.large']);
    expect(await keysBy('PURCHASE_TYPE')).toEqual(['NoPurchaseType', 'Savings Plans']);
    expect(await keysBy('OPERATING_SYSTEM')).toEqual(['NoOperatingSystem', 'Windows']);
    expect(await keysBy('RECORD_TYPE')).toEqual(['SavingsPlanCoveredUsage', 'Tax']);
  });
});
