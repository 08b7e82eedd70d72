import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { planFiles } from '../../../src/adapters/files/plan/index.ts';
import { importPlan } from '../../../src/operations/import-plan.ts';
import { PLAN_FORMATS } from '../../../src/operations/ports/plan-file.ts';
import { examplePlan } from '../../../src/plan/example-plan.ts';
import { type Plan, PlanFile } from '../../../src/plan/plan.ts';
import { aSource, contextOver, fakeWorld } from '../../operations/fake-ports.ts';
import { billFolder } from './open-bills.ts';

const folder = billFolder();

describe('the example', () => {
  const each = PLAN_FORMATS.flatMap((format) => [
    [format, 'en' as const],
    [format, 'ja' as const],
  ]) as [(typeof PLAN_FORMATS)[number], 'en' | 'ja'][];

  it.each(each)('as %s in %s is read back to the very same plan', async (format, locale) => {
    const plan = examplePlan(locale);
    // Named after nothing: what it is shows in what it holds.
    expect(await imported(write('plan.bin', await planFiles.bytes(plan, format, locale)))).toEqual(plan);
  });

  it('shows every field that a plan has', () => {
    const workloads = examplePlan('en').waves.flatMap((wave) => wave.workloads);
    const filled = (rows: readonly object[]) =>
      new Set(rows.flatMap((row) => Object.entries(row).flatMap(([key, value]) => (value === null ? [] : [key]))));
    expect(filled(workloads)).toEqual(new Set(Object.keys(workloads[0] ?? {})));
    const lines = workloads.flatMap((workload) => workload.lines);
    expect(filled(lines)).toEqual(new Set(Object.keys(lines[0] ?? {})));
    const hearings = workloads.flatMap((workload) => workload.hearing ?? []);
    expect(filled(hearings)).toEqual(new Set(Object.keys(hearings[0] ?? {})));
  });
});

describe('a plan as a table', () => {
  it('is the same plan, whatever is in its names, tags and ids', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.constantFrom('csv' as const, 'xlsx' as const), async (plan, format) => {
        expect(await imported(write('any', await planFiles.bytes(plan, format, 'ja')))).toEqual(plan);
      }),
      { numRuns: 60 },
    );
  });

  it('is read as Excel in Japan saves it, with words, signs and days as people write them', async () => {
    const text = [
      '計画名,移行計画',
      '通貨,JPY',
      '税込,はい',
      '税率(%),10%',
      'ウェーブ,切替日,立上げ日数,ワークロード,アカウントID,サービス,費用区分,月額見込,環境,ライセンス制約,割引率',
      '第1,2026年4月1日,３０,基幹,"111122223333、444455556666",Amazon EC2,AWS利用料,"¥1,200,000",本番,あり,30%',
      ',,,,,Amazon S3,,△100,,,',
      ',,,検証環境,,,,,,,',
    ].join('\r\n');
    const plan = await imported(write('sjis.csv', shiftJis(text)));
    expect(plan).toMatchObject({ name: '移行計画', taxIncluded: true, taxPercent: '10' });
    const [wave] = plan.waves;
    expect(wave).toMatchObject({ name: '第1', cutOver: '2026-04-01', rampDays: 30 });
    expect(
      wave?.workloads.map(({ name, lines, matches }) => [
        name,
        matches.accountIds,
        lines.map((line) => line.expectedMonthlyCost),
      ]),
    ).toEqual([
      ['基幹', ['111122223333', '444455556666'], ['1200000', '-100']],
      ['検証環境', [], []],
    ]);
    expect(wave?.workloads[0]).toMatchObject({
      hearing: { environment: 'production', licenceBound: true },
      lines: [{ discountRate: '0.3' }, {}],
    });
  });

  it('takes numbers and days of a spreadsheet as it shows them', async () => {
    const rows = [
      ['name', 'Move', null, null, null],
      ['currency', 'USD', null, null, null],
      ['wave', 'cutOver', 'workload', 'expectedMonthlyCost', 'rampDays'],
      ['one', new Date('2026-04-01T00:00:00Z'), 'shop', 1300.4499999999998, 30],
      [null, null, null, 1000 / 3, null],
    ];
    const plan = await imported(await workbook(rows));
    expect(plan.waves[0]).toMatchObject({ cutOver: '2026-04-01', rampDays: 30 });
    expect(plan.waves[0]?.workloads[0]?.lines.map((line) => line.expectedMonthlyCost)).toEqual(['1300.45', '333.3333333333']);
  });

  it('tells all problems at once, each with its sheet, row and column', async () => {
    const rows = [
      ['wave', 'cutOver', 'workload', 'owner', 'accountIds', 'expectedMonthlyCost', 'environment', 'colour'],
      ['one', 'soon', 'shop', 'web', 11122223333, '12 or so', 'heaven', 'red'],
      ['one', '2026-04-01', 'shop', 'sales', null, null, null, null],
      ['two', 'later', 'archive', null, null, '5', null, null],
    ];
    const message = await refusalOf(await workbook(rows));
    expect(message).toMatch(/sheet "one", row 1, column colour: is no column of a plan/);
    expect(message).toMatch(/sheet "one", row 2, column accountIds: is a number, which has no leading zeros/);
    expect(message).toMatch(/sheet "one", row 2, column cutOver: must be a calendar day/);
    expect(message).toMatch(/sheet "one", row 2, column expectedMonthlyCost: must be a decimal/);
    expect(message).toMatch(/sheet "one", row 2, column environment: /);
    expect(message).toMatch(/row 3, column owner: differs from sheet "one", row 2, column owner of the same workload/);
    expect(message).toMatch(/row 3, column cutOver: differs from /);
    expect(message).toMatch(/name \(計画名\), in a row above the headings or on a sheet of its own: is missing/);
    expect(message).toMatch(/; and \d+ more$/);
  });

  it.each([
    ['a share where a percent belongs', [['taxPercent', 0.1, null]], /column taxPercent: is a share/],
    [
      'a value of the plan twice',
      [
        ['name', 'A', null],
        ['計画名', 'B', null],
      ],
      /row 2, column name: the plan states its name twice/,
    ],
  ])('refuses %s', async (_, leading, why) => {
    const rows = [...leading, ['wave', 'workload', 'cutOver'], ['one', 'shop', '2026-04-01']];
    expect(await refusalOf(await workbook(rows))).toMatch(why);
  });

  it('says of a cost that is missing where it belongs', async () => {
    const file = write(
      'plan.csv',
      Buffer.from(
        'name,Move\ncurrency,USD\nwave,cutOver,workload,serviceName,expectedMonthlyCost\none,2026-04-01,shop,Amazon EC2,\n',
      ),
    );
    expect(await refusalOf(file)).toMatch(/row 4, column expectedMonthlyCost: is missing/);
  });

  it.each([
    ['without headings', 'a,b\n1,2\n', 'INVALID_INPUT', /no row of headings/],
    ['that is broken JSON', '{"name": ', 'INVALID_INPUT', /is not JSON/],
    ['that is empty', '', 'FILE_UNREADABLE', /it is empty/],
    ['with NUL bytes', 'a\u0000b', 'FILE_UNREADABLE', /NUL bytes/],
  ])('says what is wrong with a file %s', async (_, text, code, why) => {
    await expect(planFiles.read(write('plan.csv', Buffer.from(text)))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(why),
    });
  });
});

const word = fc.string({
  unit: fc.constantFrom('a', 'B', '7', '表', '=', '"', ',', ';', '\\', "'", '-', '+', '@', ' ', '\n'),
  minLength: 1,
  maxLength: 8,
});
const clean = word.map((text) => text.replaceAll('\n', ' ').trim()).filter((text) => text !== '');
const amounts = fc
  .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const lines = fc.record({
  serviceName: orNull(clean),
  kind: fc.constantFrom('aws', 'oneOff', 'reserve', 'operations'),
  expectedMonthlyCost: amounts,
  usageType: orNull(clean),
});
const workloads = fc.record({
  name: clean,
  owner: orNull(clean),
  matches: fc.record({
    accountIds: fc.array(fc.stringMatching(/^\d{12}$/), { maxLength: 3 }),
    resourceIds: fc.array(clean, { maxLength: 3 }),
    tags: fc.array(fc.record({ key: clean, value: clean }), { maxLength: 3 }),
  }),
  lines: fc.array(lines, { maxLength: 3 }),
  onPremisesMonthlyCost: orNull(amounts),
});
const waves = fc.record({
  name: clean,
  cutOver: fc.constantFrom('2026-04-01', '2026-10-31'),
  rampDays: fc.integer({ min: 0, max: 366 }),
  workloads: fc.uniqueArray(workloads, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
});
const plans: fc.Arbitrary<Plan> = fc
  .record({
    name: clean,
    currency: fc.constantFrom('JPY', 'USD'),
    waves: fc.uniqueArray(waves, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
  })
  .map((plan) => PlanFile.parse(plan));

/** What would be kept of a file. */
async function imported(file: string): Promise<Plan> {
  const world = fakeWorld(aSource());
  await importPlan(contextOver(world), { ...(await planFiles.read(file)), name: path.basename(file) });
  return world.plans[0] as Plan;
}

async function refusalOf(file: string): Promise<string> {
  return imported(file).then(
    () => 'it was taken',
    (error: Error) => error.message,
  );
}

function write(name: string, bytes: Buffer): string {
  const file = path.join(folder.path, name);
  fs.writeFileSync(file, bytes);
  return file;
}

async function workbook(rows: readonly (readonly (string | number | Date | null)[])[]): Promise<string> {
  const cells = rows.map((row) =>
    row.map((value) => (value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : value)),
  );
  return write('book.xlsx', await writeXlsxFile(cells as never, { sheet: 'one' }).toBuffer());
}

/** The bytes that decode to the text: Node writes no Shift_JIS. */
function shiftJis(text: string): Buffer {
  const decoder = new TextDecoder('shift_jis');
  const bytesOf = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && !bytesOf.has(character)) bytesOf.set(character, [lead, trail]);
    }
  return Buffer.from(
    [...text].flatMap((character) =>
      character.charCodeAt(0) < 0x80 ? [character.charCodeAt(0)] : (bytesOf.get(character === '¥' ? '￥' : character) ?? []),
    ),
  );
}
