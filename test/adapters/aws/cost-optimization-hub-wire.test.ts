import { describe, expect, it } from 'vitest';
import { awsAdvice } from '../../../src/adapters/aws/advice.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { fixture } from './fixture.ts';
import { aConnection, PAYER, refusal, type Script, scriptedAws } from './scripted-aws.ts';

const options = { pageBought: async () => {} };
const HUB = () => fixture('cost-optimization-hub.json');
const [RESIZE, PLAN] = HUB().items;

async function pulled(script: Script) {
  await using aws = await scriptedAws(script);
  const answer = await awsAdvice(openAws({ maxAttempts: 1 })).pullHub(aConnection(aws.url), '2026-11-24', options);
  return { ...answer, requests: aws.requests };
}

const answering: Script = ({ operation, body }) => {
  switch (operation) {
    case 'ListEnrollmentStatuses':
      return { json: { items: [{ accountId: PAYER, status: 'Active' }], includeMemberAccounts: true } };
    case 'GetPreferences':
      return {
        json: { savingsEstimationMode: 'AfterDiscounts', preferredCommitment: { term: 'OneYear', paymentOption: 'NoUpfront' } },
      };
    case 'ListRecommendationSummaries':
      return {
        json: {
          estimatedTotalDedupedSavings: 353.57,
          currencyCode: 'USD',
          items: [{ group: `${body.groupBy} a`, estimatedMonthlySavings: 43.07, recommendationCount: 1 }],
        },
      };
    case 'GetRecommendation':
      return { json: HUB().details[body.recommendationId] };
    default:
      return body.nextToken ? { json: { items: HUB().items.slice(1) } } : { json: { items: [RESIZE], nextToken: 'more' } };
  }
};

describe('what Cost Optimization Hub advises', () => {
  it('is kept under its own ids with effort, restart, way back and cost both ways', async () => {
    const { recommendations, requests } = await pulled(answering);
    expect(recommendations).toHaveLength(2);
    expect(recommendations[0]).toMatchObject({
      accountId: PAYER,
      key: RESIZE.recommendationId,
      body: {
        resourceId: 'i-0aaaaaaaaaaaaaaa1',
        resourceType: 'Ec2Instance',
        actionType: 'Rightsize',
        effort: 'Medium',
        restartNeeded: true,
        rollbackPossible: true,
        monthlySavings: '43.07',
        monthlyCostAfterwards: '82.49',
        refreshedOn: '2026-11-22',
        details: {
          costLookbackDays: 14,
          current: { beforeDiscounts: '181.04', afterDiscounts: '125.56' },
          recommended: { beforeDiscounts: '90.52', afterDiscounts: '82.49' },
        },
      },
    });
    expect(recommendations[1]?.body).toMatchObject({
      actionType: 'PurchaseSavingsPlans',
      resourceId: null,
      commitment: { term: 'OneYear', paymentOption: 'NoUpfront', hourlyCommitment: '1.6' },
    });
    expect(new Set(requests.map((request) => request.contentType))).toEqual(new Set(['application/x-amz-json-1.0']));
    expect(requests.every(({ authorization }) => authorization.includes('/us-east-1/cost-optimization-hub/'))).toBe(true);
  });

  it("comes with AWS's own de-duplicated total", async () => {
    const { total } = await pulled(answering);
    expect(total).toEqual({
      monthlySavings: '353.57',
      currency: 'USD',
      savingsMode: 'AfterDiscounts',
      preferredCommitment: 'OneYear NoUpfront',
      byActionType: [{ group: 'ActionType a', monthlySavings: '43.07', count: 1 }],
      byResourceType: [{ group: 'ResourceType a', monthlySavings: '43.07', count: 1 }],
    });
  });

  it('counts what it cannot read and keeps the rest', async () => {
    const { unread } = await pulled(answering);
    expect(unread).toEqual(['the action "PaintItBlue" is not known', 'fields are missing']);
  });

  it('stands without a near view', async () => {
    const { recommendations } = await pulled((request, count) =>
      request.operation === 'GetRecommendation' ? refusal('AccessDeniedException') : answering(request, count),
    );
    expect(recommendations.map(({ body }) => body.details)).toEqual([null, null]);
  });

  it('is nothing where the account takes no part, which is an answer', async () => {
    const { isEnrolled, enrolments, recommendations, requests } = await pulled(() => ({
      json: { items: [{ accountId: PAYER, status: 'Inactive' }] },
    }));
    expect({ isEnrolled, recommendations }).toEqual({ isEnrolled: false, recommendations: [] });
    expect(enrolments).toMatchObject([{ accountId: PAYER, body: { status: 'Inactive' } }]);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['AWS account is not enrolled for recommendations.', 'NOT_ENROLLED'],
    ['User is not authorized to perform this', 'ACCESS_DENIED_BY_AWS'],
  ])('fails for "%s" as %s', async (message, code) => {
    await expect(pulled(() => refusal('AccessDeniedException', message))).rejects.toMatchObject({ code });
  });
});

it('reads a purchase without a resource', () => {
  expect(PLAN.resourceArn).toBeUndefined();
});
