import { describe, expect, it } from 'vitest';
import { awsAdvice } from '../../../src/adapters/aws/advice.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { aConnection, PAYER, refusal, type Script, scriptedAws } from './scripted-aws.ts';

const MEMBER = '444455556666';
const MACHINE = `arn:aws:ec2:ap-northeast-1:${PAYER}:instance/i-0aaaaaaaaaaaaaaa1`;
const options = { pageBought: async () => {} };

async function pulled(script: Script, places: { machineArns?: string[] } = {}) {
  await using aws = await scriptedAws(script);
  const said = await awsAdvice(openAws({ maxAttempts: 1 })).pullComputeOptimizerSettings(
    aConnection(aws.url),
    { accountIds: [PAYER, MEMBER], regionIds: ['ap-northeast-1'], machineArns: [MACHINE], ...places },
    options,
  );
  return { ...said, requests: aws.requests };
}

const SUMMARY = {
  accountId: PAYER,
  recommendationResourceType: 'Ec2Instance',
  summaries: [{ name: 'Overprovisioned', value: 3, reasonCodeSummaries: [] }],
  idleSummaries: [{ name: 'Idle', value: 1 }],
  savingsOpportunity: { savingsOpportunityPercentage: 20, estimatedMonthlySavings: { currency: 'USD', value: 120.5 } },
  aggregatedSavingsOpportunity: { estimatedMonthlySavings: { currency: 'USD', value: 130 } },
};
const PREFERENCES = {
  enhancedInfrastructureMetrics: 'Active',
  lookBackPeriod: 'DAYS_93',
  externalMetricsPreference: { source: 'Datadog' },
  utilizationPreferences: [{ metricName: 'CpuUtilization', metricParameters: { threshold: 'P95', headroom: 'PERCENT_30' } }],
};

const answering: Script = ({ operation, body }) => {
  if (operation === 'GetRecommendationSummaries')
    return { json: { recommendationSummaries: body.accountIds ? [] : [SUMMARY, { noAccount: true }] } };
  if (operation === 'GetEffectiveRecommendationPreferences') return { json: PREFERENCES };
  if (!body.nextToken)
    return { json: { accountEnrollmentStatuses: [{ accountId: PAYER, status: 'ACTIVE' }], nextToken: 'next' } };
  return { json: { accountEnrollmentStatuses: [{ accountId: MEMBER, status: 'Failed', statusReason: 'no role' }] } };
};

describe('what Compute Optimizer says of itself', () => {
  it('is who takes part, page by page, how machines are judged, and its own sums', async () => {
    const { enrolments, preferences, summaries, gaps, requests } = await pulled(answering);
    expect(enrolments.map(({ accountId, body }) => [accountId, body.status, body.reason])).toEqual([
      [PAYER, 'Active', null],
      [MEMBER, 'Failed', 'no role'],
    ]);
    expect(preferences).toEqual([
      {
        accountId: PAYER,
        day: null,
        key: `${PAYER} ap-northeast-1`,
        body: {
          regionId: 'ap-northeast-1',
          resourceArn: MACHINE,
          lookbackDays: 93,
          enhancedMetrics: true,
          externalMetrics: 'Datadog',
          cpuThreshold: 'P95',
          cpuHeadroomPercent: 30,
          memoryHeadroomPercent: null,
        },
      },
    ]);
    expect(summaries).toMatchObject([
      {
        key: `${PAYER} ap-northeast-1 Ec2Instance`,
        body: {
          findings: [{ finding: 'Overprovisioned', count: 3 }],
          monthlySavings: { amount: '120.5', currency: 'USD' },
          idleMonthlySavings: null,
          totalMonthlySavings: { amount: '130', currency: 'USD' },
        },
      },
    ]);
    expect(gaps).toEqual(['An item of Compute Optimizer could not be read']);
    expect(new Set(requests.map((request) => request.contentType))).toEqual(new Set(['application/x-amz-json-1.0']));
  });

  it('is its own account alone where others may not be asked for', async () => {
    const { enrolments } = await pulled(({ operation }) => {
      if (operation === 'GetEnrollmentStatusesForOrganization') return refusal('AccessDeniedException');
      if (operation === 'GetEnrollmentStatus') return { json: { status: 'Inactive' } };
      return { json: {} };
    });
    expect(enrolments).toMatchObject([{ accountId: PAYER, body: { status: 'Inactive' } }]);
  });

  it('names what was refused as a gap and keeps the rest', async () => {
    const { enrolments, gaps } = await pulled((request, count) =>
      request.operation === 'GetRecommendationSummaries' ? refusal('AccessDeniedException') : answering(request, count),
    );
    expect(enrolments).toHaveLength(2);
    expect(gaps).toEqual(
      [PAYER, MEMBER].map(
        (account) => `Compute Optimizer refused account ${account}: allow compute-optimizer:GetRecommendationSummaries`,
      ),
    );
  });

  it('fails when nobody answers', async () => {
    await expect(pulled(() => refusal('ThrottlingException'))).rejects.toMatchObject({ code: 'SOURCE_THROTTLED' });
  });
});
