import { describe, expect, it } from 'vitest';
import { connect } from '../../src/operations/connect.ts';
import { aSource, contextOver, failure, fakeWorld } from './fake-ports.ts';

const chain = { kind: 'chain', profile: null } as const;

describe('connecting', () => {
  it('keeps the account that AWS names and where the credentials are, and writes it into the audit', async () => {
    const world = fakeWorld(aSource(), []);
    const { connection, callerArn } = await connect(contextOver(world), { credentials: { kind: 'chain', profile: 'billing' } });
    expect(connection).toMatchObject({
      name: 'aws-111122223333',
      payerAccountId: '111122223333',
      credentials: { kind: 'chain', profile: 'billing' },
      regionId: 'us-east-1',
      endpointUrl: null,
      priceView: 'awsBilled',
    });
    expect(callerArn).toBe('arn:aws:iam::111122223333:user/reader');
    expect(world.audit).toMatchObject([{ action: 'connected', detail: { accountId: '111122223333' } }]);
  });

  it('writes nothing when AWS refuses', async () => {
    const world = fakeWorld(aSource({ identify: () => Promise.reject(failure('CREDENTIALS_REJECTED')) }), []);
    await expect(connect(contextOver(world), { credentials: chain })).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
    expect([world.connections, world.audit]).toEqual([[], []]);
  });

  it.each([
    ['a region that is none', { regionId: 'tokyo' }],
    ['an endpoint that is none', { endpointUrl: 'localhost:4566' }],
    ['an endpoint of another protocol', { endpointUrl: 'file:///etc/passwd' }],
    ['an endpoint with a password', { endpointUrl: 'http://user:secret@127.0.0.1:4566' }],
    ['a name that files use', { name: 'files: cur' }],
  ])('refuses %s before anybody is written down', async (_what, wrong) => {
    const world = fakeWorld(aSource(), []);
    await expect(connect(contextOver(world), { credentials: chain, ...wrong })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(world.connections).toEqual([]);
  });

  it('takes a name of strangers as one safe line', async () => {
    const world = fakeWorld(aSource(), []);
    const { connection } = await connect(contextOver(world), { credentials: chain, name: ' main\u0000\u202e ' });
    expect(connection.name).toBe('main\ufffd\ufffd');
  });
});
