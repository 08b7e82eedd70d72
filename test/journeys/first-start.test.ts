import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../../src/adapters/process-alive.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { Installation } from '../support/cli.ts';

interface AdviceDocument {
  readonly asOf: string;
  readonly currency: string;
  readonly totals: { readonly gross: string; readonly overlap: string; readonly net: string };
  readonly recommendations: readonly {
    readonly detectorId: string;
    readonly accountId: string;
    readonly resourceId: string | null;
    readonly supersededBy: string | null;
    readonly netMonthlySavings: string;
    readonly savings: { readonly expected: string };
  }[];
}

const AS_OF = '2026-11-20';
const house = new Installation();
let server: ReturnType<Installation['begin']>;
let signInUrl: string;
let startup: string;

beforeAll(async () => {
  server = house.begin(['start', '--resources', '250', '--as-of', AS_OF, '--seed', '4']);
  const [said] = await server.until(/^[\s\S]*\nSign in: (\S+)\n/);
  startup = said;
  signInUrl = /Sign in: (\S+)/.exec(said)?.[1] ?? '';
}, 180_000);

afterAll(async () => {
  server.child.kill('SIGINT');
  await server.ended;
  house.remove();
});

describe('from nothing to figures', () => {
  it('ends its output with the totals, the best recommendations and a link', () => {
    expect(startup).toMatch(/Savings found\s+\$[\d,]+\.\d\d/);
    expect(startup).toMatch(/what the bill would lose\s+\$[\d,]+\.\d\d/);
    expect(startup.match(/^ ?\d+ {2}\S/gm)).toHaveLength(10);
    expect(startup.trimEnd().split('\n').at(-1)).toMatch(/^Sign in: http:\/\/127\.0\.0\.1:\d+\/sign-in\?token=/);
  });

  it('is ready once there are figures, and says so', async () => {
    for (const address of ['/healthz', '/livez', '/readyz']) expect((await fetch(new URL(address, signInUrl))).status).toBe(200);
  });

  it('answers a second start with the running address and a fresh link, exit 0', async () => {
    const second = await house.run(['start']);

    expect(second.code).toBe(0);
    expect(second.stdout).toContain(new URL(signInUrl).origin);
    expect(second.stdout.trimEnd().split('\n').at(-1)).toMatch(/^Sign in: http/);
    expect(second.stdout).not.toContain(signInUrl);
  });

  it('opens the page by the link once, and the API says the same as the terminal', async () => {
    const { cookie, location } = await redeem(signInUrl);
    const advice = await house.json<AdviceDocument>('advise', '--as-of', AS_OF);
    const answer = await fetch(new URL('/api/v1/recommendations?limit=500', signInUrl), {
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    const page = (await answer.json()) as { latest: { totals: AdviceDocument['totals'] }; items: unknown[] };

    expect(location).toBe('/');
    expect(page.latest.totals).toEqual(advice.totals);
    expect(page.items).toHaveLength(advice.recommendations.length);
    expect((await redeem(signInUrl)).cookie).toBe('');
  });

  it('gives totals that are the sum of what is listed', async () => {
    const { totals, recommendations } = await house.json<AdviceDocument>('advise', '--as-of', AS_OF);

    expect(plain(sumExact(recommendations.map((item) => item.savings.expected)))).toBe(totals.gross);
    expect(plain(sumExact(recommendations.map((item) => item.netMonthlySavings)))).toBe(totals.net);
    expect(plain(exact(totals.gross).minus(totals.overlap))).toBe(totals.net);
    expect(recommendations.filter((item) => item.supersededBy !== null && item.netMonthlySavings !== '0')).toEqual([]);
  });

  it('finds every planted waste that a rule looks for, and no decoy', async () => {
    const truth = await house.json<{
      wastes: { kind: string; accountId: string; resourceId: string }[];
      decoys: { resourceId: string }[];
      detectors: Record<string, string | null>;
    }>('sandbox', 'truth');
    const { recommendations } = await house.json<AdviceDocument>('advise', '--as-of', AS_OF);
    const found = new Set(recommendations.map((item) => `${item.detectorId} ${item.resourceId ?? item.accountId}`));
    const missed = truth.wastes.filter(({ kind, accountId, resourceId }) => {
      const detector = truth.detectors[kind];
      if (detector == null || found.has(`${detector} ${resourceId}`)) return false;
      // Commitments are the payer's, and kept under the account that would use most of them.
      const isShared = kind === 'computeUsageUncovered' && resourceId === accountId;
      return !(isShared && recommendations.some((item) => item.detectorId === detector && item.resourceId === null));
    });
    const planted = new Set(truth.wastes.map((waste) => waste.resourceId));
    const decoys = new Set(truth.decoys.map((decoy) => decoy.resourceId).filter((id) => !planted.has(id)));

    expect(truth.wastes.length).toBeGreaterThan(20);
    expect(missed).toEqual([]);
    expect(recommendations.filter((item) => item.resourceId !== null && decoys.has(item.resourceId))).toEqual([]);
  });

  it('pulls again without losing or doubling anything', async () => {
    const before = await spend();
    const entries =
      await house.json<{ source: string; status: string; pages: number; requestCost: string; residual: string | null }[]>('sync');

    expect(entries.map((entry) => entry.status)).toEqual(entries.map(() => 'ok'));
    expect(entries.filter((entry) => entry.residual !== null && !exact(entry.residual).isZero())).toEqual([]);
    expect(await spend()).toEqual(before);
  });

  it('gives a program a key that works at once and is shown once', async () => {
    const { secret } = await house.json<{ secret: string }>('key', 'create', '--name', 'journey');
    const me = await fetch(new URL('/api/v1/me', signInUrl), { headers: { authorization: `Bearer ${secret}` } });

    expect(await me.json()).toMatchObject({ tenant: { name: 'sandbox' }, actor: { role: 'viewer' } });
  });

  it('has a doctor that looks and finds nothing broken', async () => {
    const report = await house.json<{ healthy: boolean; checks: { state: string; what: string }[] }>('doctor');

    expect(report.checks.filter((check) => check.state === 'broken')).toEqual([]);
    expect(report.healthy).toBe(true);
  });

  it('refuses a taken port before it pulls anything', async () => {
    const other = new Installation();
    const refused = await other.run(['start', '--resources', '50'], { PORT: new URL(signInUrl).port });
    other.remove();

    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/Port \d+ on 127\.0\.0\.1 is in use\. .*PORT=/);
    expect(refused.stderr).not.toContain('costExplorer');
  });

  it('ends everything it started at Ctrl-C', async () => {
    const postgres = Number(fs.readFileSync(path.join(house.dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
    server.child.kill('SIGINT');
    const { code } = await server.ended;

    expect(code).toBe(0);
    expect(isAlive(postgres)).toBe(false);
  });
});

async function redeem(url: string): Promise<{ cookie: string; location: string | null }> {
  const answer = await fetch(url, { redirect: 'manual' });
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '', location: answer.headers.get('location') };
}

async function spend(): Promise<unknown> {
  const { secret } = await house.json<{ secret: string }>('key', 'create');
  const answer = await fetch(new URL('/api/v1/spend?basis=invoiceCost', signInUrl), {
    headers: { authorization: `Bearer ${secret}` },
  });
  const summary = (await answer.json()) as { months: unknown[] };
  expect(summary.months.length).toBeGreaterThan(12);
  return summary;
}
