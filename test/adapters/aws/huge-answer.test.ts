import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { addDays } from '../../../src/kernel/calendar.ts';
import { type ScriptedAnswer, scriptedAws } from './scripted-aws.ts';

const GROUPS = 200_000;
const GROUPS_PER_PAGE = 5_000;
const PAGES = GROUPS / GROUPS_PER_PAGE;
const MOST_MB = 400;
const HEAP = '--max-old-space-size=224';

it('F25 two hundred thousand groups are read within 400 MB, every one of them', async () => {
  await using aws = await scriptedAws(({ body }) => pageOf(Number(body.NextPageToken ?? 0)));
  const child = path.join(import.meta.dirname, 'huge-answer.child.ts');
  // Where there is memory V8 collects late: with this heap it must fit, and what is measured is what it needs.
  const { stdout } = await promisify(execFile)(process.execPath, [HEAP, child, aws.url], { timeout: 300_000 });
  const { peakMb, ...read } = JSON.parse(stdout) as { peakMb: number };
  expect(read).toEqual({ rows: GROUPS, cost: String(GROUPS * 1.25), quarantined: 0 });
  expect(peakMb).toBeLessThan(MOST_MB);
}, 320_000);

/** Each page is a part of one day of the month, as Cost Explorer goes on over pages. */
function pageOf(page: number): ScriptedAnswer {
  const start = addDays('2026-10-01', page % 31);
  const cost = { Amount: '1.25', Unit: 'USD' };
  const Metrics = {
    UnblendedCost: cost,
    AmortizedCost: cost,
    NetUnblendedCost: cost,
    NetAmortizedCost: cost,
    UsageQuantity: { Amount: '24', Unit: 'Hrs' },
  };
  const Groups = Array.from({ length: GROUPS_PER_PAGE }, (_, n) => ({
    Keys: [String(100_000_000_000 + (n % 50)), `APN1-BoxUsage:m5.${page}.${Math.floor(n / 50)}`],
    Metrics,
  }));
  const next = page + 1 < PAGES ? { NextPageToken: String(page + 1) } : {};
  return { json: { ResultsByTime: [{ TimePeriod: { Start: start, End: addDays(start, 1) }, Groups, Total: {} }], ...next } };
}
