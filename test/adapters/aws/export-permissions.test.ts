import { describe, expect, it } from 'vitest';
import { exportArns } from '../../../src/adapters/aws/exports/arns.ts';
import { exportSessionPolicy, permissionsFor, sessionPolicy } from '../../../src/adapters/aws/permissions.ts';

const ARNS = exportArns({ bucket: 'acme-billing', prefix: 'cur', name: 'daily' });

describe('what reading an export needs', () => {
  it('is to list its bucket and to read what lies below the report', () => {
    expect(permissionsFor({ exportArns: ARNS }).find(({ sid }) => sid === 'BillExports')).toMatchObject({
      actions: ['s3:GetObject', 's3:ListBucket'],
      resources: ['arn:aws:s3:::acme-billing', 'arn:aws:s3:::acme-billing/cur/daily/*'],
    });
  });

  it('is nothing where there is no export', () => {
    expect(permissionsFor().some(({ sid }) => sid === 'BillExports')).toBe(false);
    expect(sessionPolicy()).not.toContain('s3:');
  });

  it('is all that a session for it may do', () => {
    expect(JSON.parse(exportSessionPolicy(ARNS)).Statement).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ARNS },
    ]);
  });
});
