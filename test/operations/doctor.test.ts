import { describe, expect, it } from 'vitest';
import { doctor } from '../../src/operations/doctor.ts';
import { anAdvice, aSource, contextOver, failure, fakeWorld, onePage } from './fake-ports.ts';

const detectors = [
  { id: 'ec2-instance-oversized', reads: [{ fact: 'computeOptimizer', lookbackDays: 14 }] },
  { id: 'nat-gateway-idle', reads: [{ fact: 'usageByResource', lookbackDays: 14 }] },
] as const;

const stateOf = (report: Awaited<ReturnType<typeof doctor>>, what: string) => report.checks.find((check) => check.what === what);

describe('the doctor', () => {
  it('finds a sound installation sound, and says what the look cost', async () => {
    const world = fakeWorld();
    const report = await doctor(contextOver(world), { detectors });
    expect(report.checks.map((check) => [check.what, check.state])).toEqual([
      ['connections', 'ok'],
      ['credentials', 'ok'],
      ['price view', 'ok'],
      ['Compute Optimizer', 'ok'],
      ['Compute Optimizer preferences', 'ok'],
      ['cost allocation tags', 'ok'],
      ['Cost Explorer', 'ok'],
      ['Cost Explorer by the hour', 'ok'],
      ['Cost Explorer by resource', 'ok'],
      ['Cost Optimization Hub', 'ok'],
      ['AWS Organizations', 'ok'],
      ['price list', 'ok'],
      ['last runs', 'ok'],
      ['ledger', 'ok'],
    ]);
    expect(report).toMatchObject({ healthy: true, requestCost: '0.02' });
    expect(world.runs).toMatchObject([{ source: 'doctor', status: 'ok', pages: 2, requestCost: '0.02' }]);
  });

  it('says how to turn on what is missing and which advice its lack costs', async () => {
    const awsAdvice = anAdvice({
      computeOptimizerEnrolments: async (_connection, regionId) => [
        { accountId: '111122223333', day: null, key: 'x', body: { regionId, status: 'Inactive', reason: null } },
      ],
    });
    const source = aSource({
      pullSlice: (_connection, slice, window, options) => {
        if (slice.id.startsWith('resource:')) throw failure('DATA_UNAVAILABLE');
        return onePage(window, options);
      },
    });
    const world = fakeWorld(source);
    const report = await doctor(contextOver({ ...world, ports: { ...world.ports, awsAdvice } }), { detectors });
    expect(stateOf(report, 'Compute Optimizer')).toMatchObject({
      state: 'off',
      nextStep: expect.stringMatching(/update-enrollment-status --status Active .*--region ap-northeast-1/),
      adviceLost: ['ec2-instance-oversized'],
    });
    expect(stateOf(report, 'Cost Explorer by resource')).toMatchObject({
      state: 'off',
      code: 'DATA_UNAVAILABLE',
      nextStep: 'do the next thing',
      adviceLost: ['nat-gateway-idle'],
    });
    expect(report.healthy).toBe(false);
  });

  it('tells one cause once, with all that it costs', async () => {
    const refused = failure('NOT_ENROLLED');
    const source = aSource({
      pullSlice: () => {
        throw refused;
      },
    });
    const report = await doctor(contextOver(fakeWorld(source)), { detectors });
    expect(report.checks.filter((check) => check.state !== 'ok')).toMatchObject([
      { what: 'Cost Explorer', state: 'off', adviceLost: ['nat-gateway-idle'] },
    ]);
  });

  it('notices that what is known has become old', async () => {
    const report = await doctor(contextOver(fakeWorld()), { detectors, asOf: '2026-11-28' });
    expect(stateOf(report, 'ledger')).toMatchObject({ state: 'partial', finding: expect.stringMatching(/5 days old/) });
  });

  it('says once that the credentials are wrong, not five times', async () => {
    const report = await doctor(
      contextOver(fakeWorld(aSource({ identify: () => Promise.reject(failure('CREDENTIALS_MISSING')) }))),
      { detectors },
    );
    expect(report.checks.map((check) => check.what)).toEqual(['connections', 'credentials', 'last runs', 'ledger']);
  });

  it('notices credentials of another account', async () => {
    const source = aSource({ identify: async () => ({ accountId: '999988887777', arn: 'arn' }) });
    const report = await doctor(contextOver(fakeWorld(source)), { detectors });
    expect(stateOf(report, 'credentials')).toMatchObject({ state: 'broken', finding: expect.stringMatching(/999988887777/) });
  });

  it('tells the next step when nothing is connected', async () => {
    const report = await doctor(contextOver(fakeWorld(aSource(), [])), { detectors });
    expect(stateOf(report, 'connections')).toMatchObject({ state: 'broken', nextStep: expect.stringMatching(/connect/) });
  });

  it('still gives its report when the database is gone', async () => {
    const world = fakeWorld();
    const gone = () => Promise.reject(failure('DATABASE_UNAVAILABLE'));
    world.ports.connections.list = gone;
    world.ports.ledgerReader.freshness = gone;
    world.ports.runs.list = gone;
    const report = await doctor(contextOver(world), { detectors });
    expect(report.checks.map((check) => [check.state, check.code])).toEqual(Array(3).fill(['broken', 'DATABASE_UNAVAILABLE']));
  });

  it('reports the newest run of each source, and forgets failures that have passed', async () => {
    const world = fakeWorld();
    const { runs } = world.ports;
    const { scope } = contextOver(world);
    const run = async (source: string, status: 'ok' | 'failed') => {
      const id = await runs.start(scope, { connectionId: 'connection-1', source, window: null });
      const error = status === 'failed' ? ({ code: 'SOURCE_THROTTLED', message: 'slow down', nextStep: 'wait' } as const) : null;
      await runs.end(scope, id, { status, error });
    };
    await run('pricing', 'failed');
    await run('pricing', 'ok');
    expect(stateOf(await doctor(contextOver(world), { detectors }), 'last runs')?.state).toBe('ok');
    await run('computeOptimizer', 'failed');
    expect(stateOf(await doctor(contextOver(world), { detectors }), 'last runs')).toMatchObject({
      state: 'partial',
      finding: expect.stringMatching(/computeOptimizer \(slow down\)/),
      nextStep: 'wait',
    });
  });
});
