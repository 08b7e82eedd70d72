import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { usageFileReader } from '../../../src/adapters/files/usage-csv.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cost-pillar-usage-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
let made = 0;
function file(text: string): string {
  made += 1;
  const name = path.join(folder, `${made}.csv`);
  fs.writeFileSync(name, text);
  return name;
}
const { usage, rates } = usageFileReader();

describe('a series of hours', () => {
  it('is read with its columns in any order, quoted names and exponents', async () => {
    const read = await usage(
      file('family,onDemandCost,hour,note\n"m5, Tokyo",1.5e-3,2026-11-01T00,x\nFargate,0,2026-11-01T01,\n'),
    );
    expect(read).toEqual([
      { hour: '2026-11-01T00', family: 'm5, Tokyo', onDemandCost: 0.0015 },
      { hour: '2026-11-01T01', family: 'Fargate', onDemandCost: 0 },
    ]);
  });

  it.each([
    ['a negative amount', 'hour,family,onDemandCost\nh,f,1\nh,f,-1\n', /line 3: onDemandCost/],
    ['an amount with a comma', 'hour,family,onDemandCost\nh,f,"1,5"\n', /line 2: onDemandCost/],
    ['no amount', 'hour,family,onDemandCost\nh,f,\n', /line 2: onDemandCost/],
    ['a missing column', 'hour,cost\nh,1\n', /family/],
    ['infinity', 'hour,family,onDemandCost\nh,f,Infinity\n', /line 2: onDemandCost/],
  ])('with %s is refused by its line', async (_what, text, message) => {
    await expect(usage(file(text))).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringMatching(message) });
  });

  it('that is not there is named', async () => {
    await expect(usage(path.join(folder, 'nowhere.csv'))).rejects.toThrow(
      /nowhere\.csv could not be read: there is no such file/,
    );
  });
});

it('reads rates, where an empty family is every family', async () => {
  const read = await rates(
    file('planType,family,termYears,paymentOption,rate\nCompute,,1,NoUpfront,0.72\nEC2Instance,m5,3,AllUpfront,0.4\n'),
  );
  expect(read).toEqual([
    { planType: 'Compute', family: '', termYears: 1, paymentOption: 'NoUpfront', rate: 0.72 },
    { planType: 'EC2Instance', family: 'm5', termYears: 3, paymentOption: 'AllUpfront', rate: 0.4 },
  ]);
});
