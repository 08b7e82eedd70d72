import { expect, it } from 'vitest';
import { awsAdvice } from '../../../src/adapters/aws/advice.ts';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
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

it('asks for as many on a page as AWS gives, for the doctor and for the attribution alike: each page is paid', async () => {
  await using aws = await scriptedAws(() => ({ json: {} }));
  const opened = openAws({ maxAttempts: 1 });
  const options = { pageBought: async () => {} };
  await awsAdvice(opened).costAllocationTags(aConnection(aws.url), options);
  await awsCostSource(opened).listAllocationKeys(aConnection(aws.url), options);
  const lists = aws.requests.filter(({ operation }) => /AllocationTag/.test(operation));
  expect(lists.map(({ operation, body }) => [operation, body.MaxResults])).toEqual([
    ['ListCostAllocationTags', 1000],
    ['ListCostAllocationTags', 1000],
    ['ListCostAllocationTagBackfillHistory', 1000],
  ]);
});
