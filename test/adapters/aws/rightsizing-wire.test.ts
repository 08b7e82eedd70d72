import { describe, expect, it } from 'vitest';
import { awsAdvice } from '../../../src/adapters/aws/advice.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { fixture } from './fixture.ts';
import { aConnection, PAYER, refusal, type Script, scriptedAws } from './scripted-aws.ts';

const answer = fixture('rightsizing.json');

async function pulled(script: Script) {
  const bought: string[] = [];
  await using aws = await scriptedAws(script);
  const pageBought = async (cost: string) => void bought.push(cost);
  const said = await awsAdvice(openAws({ maxAttempts: 1 })).pullRightsizing(aConnection(aws.url), { pageBought });
  return { ...said, bought, requests: aws.requests };
}

describe('asking Cost Explorer for sizes', () => {
  it('reads page by page, each paid, and takes the total of the first', async () => {
    const items = answer.RightsizingRecommendations;
    const { advice, summary, unread, bought, requests } = await pulled(({ body }) => ({
      json: body.NextPageToken
        ? { RightsizingRecommendations: items.slice(1) }
        : {
            ...answer,
            RightsizingRecommendations: items.slice(0, 1),
            NextPageToken: 'next',
          },
    }));
    expect([advice.length, unread.length, summary.body.recommendations]).toEqual([3, 3, '3']);
    expect(bought).toEqual(['0.01', '0.01']);
    expect(requests.map(({ operation, body }) => [operation, body.Service, body.NextPageToken])).toEqual([
      ['GetRightsizingRecommendation', 'AmazonEC2', undefined],
      ['GetRightsizingRecommendation', 'AmazonEC2', 'next'],
    ]);
    expect(requests[0]?.body.Configuration).toEqual({
      RecommendationTarget: 'SAME_INSTANCE_FAMILY',
      BenefitsConsidered: true,
    });
  });

  it('names the permission when it is refused, and an answer of another shape is no answer', async () => {
    await expect(pulled(() => refusal('AccessDeniedException'))).rejects.toMatchObject({
      code: 'ACCESS_DENIED_BY_AWS',
      message: `Cost Explorer refused account ${PAYER}: allow ce:GetRightsizingRecommendation`,
    });
    await expect(
      pulled(() => ({
        json: { RightsizingRecommendations: [], Summary: 'none' },
      })),
    ).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNREADABLE',
    });
  });
});
