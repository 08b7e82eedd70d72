import { expect, it } from 'vitest';
import { awsAdvice } from '../../../src/adapters/aws/advice.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { aConnection, refusal, type Script, scriptedAws } from './scripted-aws.ts';

async function asked(script: Script) {
  const bought: string[] = [];
  await using aws = await scriptedAws(script);
  const tags = await awsAdvice(openAws({ maxAttempts: 1 })).costAllocationTags(aConnection(aws.url), {
    pageBought: async (cost) => void bought.push(cost),
  });
  return { tags, bought };
}

it('reads all keys, active or not, and pays each page', async () => {
  const { tags, bought } = await asked(({ body }) => {
    const keys = body.NextToken ? [{ TagKey: 'env', Status: 'Active' }] : [{ TagKey: 'workload', Status: 'Inactive' }];
    return { json: { CostAllocationTags: keys, ...(!body.NextToken && { NextToken: 'next' }) } };
  });
  expect(tags).toEqual([
    { key: 'env', isActive: true },
    { key: 'workload', isActive: false },
  ]);
  expect(bought).toEqual(['0.01', '0.01']);
});

it('names the permission that is missing', async () => {
  await expect(asked(() => refusal('AccessDeniedException'))).rejects.toMatchObject({
    code: 'ACCESS_DENIED_BY_AWS',
    message: expect.stringMatching(/allow ce:ListCostAllocationTags/),
  });
});
