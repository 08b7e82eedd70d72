import {
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  type GetCostAndUsageCommandOutput,
} from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/wire/start-sandbox.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { tinyEstate } from './tiny-estate.ts';

const LINES = ['A', 'B', 'C'].map((serviceName) => ({ serviceName }));
const INPUT: GetCostAndUsageCommandInput = {
  TimePeriod: { Start: '2026-11-01', End: '2026-11-05' },
  Granularity: 'DAILY',
  Metrics: ['UnblendedCost'],
  GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
};

async function pagesOf(sandbox: Sandbox): Promise<GetCostAndUsageCommandOutput[]> {
  const { costExplorer } = clientsOf(sandbox);
  const pages: GetCostAndUsageCommandOutput[] = [];
  let token: string | undefined;
  do {
    const page = await costExplorer.send(new GetCostAndUsageCommand({ ...INPUT, ...(token && { NextPageToken: token }) }));
    pages.push(page);
    token = page.NextPageToken;
  } while (token);
  return pages;
}

/** "01A 01B | 01C": what each page holds. */
function shape(pages: readonly GetCostAndUsageCommandOutput[]): string {
  const groups = ({ ResultsByTime: results = [] }: GetCostAndUsageCommandOutput) =>
    results.flatMap(({ TimePeriod, Groups = [] }) => {
      const day = TimePeriod?.Start?.slice(-2);
      return Groups.length === 0 ? [`${day}-`] : Groups.map(({ Keys }) => `${day}${Keys?.[0]}`);
    });
  return pages.map((page) => groups(page).join(' ')).join(' | ');
}

describe('pages of groups', () => {
  it('are one where everything fits exactly', async () => {
    expect(shape(await pagesOf(await serveForTest(tinyEstate({ lines: LINES }), { groupsPerPage: 12 })))).toBe(
      '01A 01B 01C 02A 02B 02C 03A 03B 03C 04A 04B 04C',
    );
  });

  it('cut through a day, which goes on on the next page', async () => {
    expect(shape(await pagesOf(await serveForTest(tinyEstate({ lines: LINES }), { groupsPerPage: 5 })))).toBe(
      '01A 01B 01C 02A 02B | 02C 03A 03B 03C 04A | 04B 04C',
    );
  });

  it.each([1, 2, 7, 11])('hold every group once, at %i a page', async (groupsPerPage) => {
    const pages = await pagesOf(await serveForTest(tinyEstate({ lines: LINES }), { groupsPerPage }));
    expect(pages).toHaveLength(Math.ceil(12 / groupsPerPage));
    expect(new Set(pages.map((page) => page.NextPageToken)).size).toBe(pages.length);
    expect(shape(pages).replaceAll(' | ', ' ')).toBe('01A 01B 01C 02A 02B 02C 03A 03B 03C 04A 04B 04C');
  });

  it('tell a day on which nothing happened once, where it belongs', async () => {
    const lines = [
      { serviceName: 'A', until: '2026-11-02' },
      { serviceName: 'B', from: '2026-11-03', until: '2026-11-04' },
    ];
    const at = async (groupsPerPage: number) =>
      shape(await pagesOf(await serveForTest(tinyEstate({ lines }), { groupsPerPage })));
    expect(await at(1)).toBe('01A | 02- 03B 04-');
    expect(await at(2)).toBe('01A 02- 03B 04-');
  });

  it('are one empty page when there is nothing at all', async () => {
    expect(shape(await pagesOf(await serveForTest(tinyEstate())))).toBe('01- 02- 03- 04-');
  });

  it('may have an empty page between them, with a token of its own', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines: LINES }), {
      groupsPerPage: 6,
      faults: [{ kind: 'emptyPage', times: 1 }],
    });
    const pages = await pagesOf(sandbox);
    expect(shape(pages)).toBe('01A 01B 01C 02A 02B 02C |  | 03A 03B 03C 04A 04B 04C');
    expect(pages[1]?.ResultsByTime).toEqual([]);
    expect(pages[0]?.NextPageToken).not.toBe(pages[1]?.NextPageToken);
  });

  it('cost a cent each', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines: LINES }), { groupsPerPage: 5 });
    await pagesOf(sandbox);
    expect(sandbox.requests()).toEqual([
      { service: 'ce', operation: 'GetCostAndUsage', pages: 3, refused: 0, requestCost: '0.03' },
    ]);
  });
});

describe('a page token', () => {
  const ask = async (change: Partial<GetCostAndUsageCommandInput>, spoil = (token: string) => token) => {
    const sandbox = await serveForTest(tinyEstate({ lines: LINES }), { groupsPerPage: 5 });
    const { costExplorer } = clientsOf(sandbox);
    const { NextPageToken: token = '' } = await costExplorer.send(new GetCostAndUsageCommand(INPUT));
    const answer = costExplorer.send(new GetCostAndUsageCommand({ ...INPUT, ...change, NextPageToken: spoil(token) }));
    return { answer, sandbox };
  };

  it('may be used twice', async () => {
    const { answer, sandbox } = await ask({});
    const again = await clientsOf(sandbox).costExplorer.send(
      new GetCostAndUsageCommand({ ...INPUT, NextPageToken: await tokenOf(sandbox) }),
    );
    expect((await answer).ResultsByTime).toEqual(again.ResultsByTime);
  });

  it('does not fit a changed question', async () => {
    const { answer, sandbox } = await ask({ Metrics: ['AmortizedCost'] });
    await expect(answer).rejects.toMatchObject({
      name: 'RequestChangedException',
      message: 'Your request parameters changed between pages',
    });
    expect(sandbox.requests()).toMatchObject([{ pages: 1, refused: 1, requestCost: '0.01' }]);
  });

  it.each([
    ['made up', () => 'abc'],
    ['cut off', (token: string) => token.slice(0, -4)],
    ['changed by a digit', (token: string) => Buffer.from(`9${Buffer.from(token, 'base64')}`).toString('base64')],
  ])('is refused when it is %s', async (_how, spoil) => {
    const { answer } = await ask({}, spoil);
    await expect(answer).rejects.toMatchObject({ name: 'InvalidNextTokenException', $metadata: { httpStatusCode: 400 } });
  });
});

async function tokenOf(sandbox: Sandbox): Promise<string> {
  return (await clientsOf(sandbox).costExplorer.send(new GetCostAndUsageCommand(INPUT))).NextPageToken ?? '';
}
