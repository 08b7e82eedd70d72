import { describe, expect, it } from 'vitest';
import { findSubject } from '../../src/advice/find-subject.ts';
import { aResource, aSnapshot, EXAMPLE_ACCOUNT_ID } from '../support/builders.ts';

const OTHER = '222233334444';
const LB = `arn:aws:elasticloadbalancing:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:loadbalancer/app/shop-alb/50dc6c495c0c9188`;
const DB = `arn:aws:rds:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:db:orders`;
const snapshot = aSnapshot({
  resources: [
    aResource({ resourceId: 'vol-0abc', resourceType: 'EbsVolume' }),
    aResource({ resourceType: 'Other', resourceId: 'logs' }),
    aResource({ resourceType: 'Other', resourceId: 'logs', accountId: OTHER }),
    aResource({ resourceId: LB, resourceType: 'LoadBalancer' }),
    aResource({ resourceId: DB, resourceType: 'RdsDbInstance' }),
  ],
});
const find = (
  text: string,
  more: { accountId?: string; regionId?: string } = {},
  advised: Parameters<typeof findSubject>[2] = [],
) => {
  const found = findSubject({ text, ...more }, snapshot, advised);
  if (found.kind === 'resource') return found.resource.resourceId;
  return found.kind === 'candidates' ? found.candidates.map(({ accountId }) => accountId) : found.kind;
};

describe('what somebody means by a name', () => {
  it.each([
    ['the whole id', 'vol-0abc', 'vol-0abc'],
    ['the id with blanks round it', '  vol-0abc ', 'vol-0abc'],
    ['the ARN of what the bill calls by its id', `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:volume/vol-0abc`, 'vol-0abc'],
    ['the ARN of what the bill calls by its ARN', DB, DB],
    ['the last part of an ARN', 'orders', DB],
    ['more of the end of an ARN', 'db:orders', DB],
    ['the name of a load balancer', 'shop-alb', LB],
  ])('is found by %s', (_what, text, resourceId) => {
    expect(find(text)).toBe(resourceId);
  });

  it.each([
    ['half an id', 'ol-0abc'],
    ['the beginning of an id', 'vol-0'],
    ['an ARN of another account', 'arn:aws:ec2:ap-northeast-1:999999999999:volume/vol-0abc'],
    ['an ARN of another region', `arn:aws:ec2:us-east-1:${EXAMPLE_ACCOUNT_ID}:volume/vol-0abc`],
    ['a service', 'rds'],
    ['nothing', '  '],
  ])('is not guessed from %s', (_what, text) => {
    expect(find(text)).toBe('none');
  });

  it('is asked back where there are several, and told apart by account', () => {
    expect(find('logs')).toEqual([EXAMPLE_ACCOUNT_ID, OTHER]);
    expect(find('arn:aws:s3:::logs')).toEqual([EXAMPLE_ACCOUNT_ID, OTHER]);
    expect(find('logs', { accountId: OTHER })).toBe('logs');
    expect(find('logs', { accountId: '999999999999' })).toBe('none');
    expect(find('vol-0abc', { regionId: 'us-east-1' })).toBe('none');
  });

  it('may be an account', () => {
    expect(find(EXAMPLE_ACCOUNT_ID)).toBe('account');
    expect(find(EXAMPLE_ACCOUNT_ID, { accountId: OTHER })).toBe('none');
    expect(find('999999999999')).toBe('none');
  });

  it('may have left the bill, as long as advice about it is kept', () => {
    const gone = { accountId: OTHER, regionId: 'us-east-1', resourceId: 'i-0gone', resourceType: 'Ec2Instance' as const };
    expect(find('i-0gone', {}, [gone])).toBe('i-0gone');
    expect(
      find('vol-0abc', {}, [{ ...gone, resourceId: 'vol-0abc', accountId: EXAMPLE_ACCOUNT_ID, regionId: 'ap-northeast-1' }]),
    ).toBe('vol-0abc');
  });
});
