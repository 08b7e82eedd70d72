import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/advice/detectors/index.ts';
import { readPolicy } from '../../../src/advice/policy/read-policy.ts';
import type { Locale } from '../../../src/kernel/locale.ts';

const read = (text: string, locale: Locale = 'en', layer: 'tenant' | 'integrator' = 'tenant') =>
  readPolicy(text, { layer, detectors, locale });
const said = (text: string, locale: Locale = 'en', layer: 'tenant' | 'integrator' = 'tenant') =>
  read(text, locale, layer).problems.map(({ line, column, reason }) => `${line}:${column} ${reason}`);

describe('a policy from its file', () => {
  it('is taken as it is written, amounts as they stand there', () => {
    const { document, problems } = read(`version: 1
minimumMonthlySavings: { USD: 5.50, JPY: "1000" }
detectors:
  ec2-instance-idle: { thresholds: { maximumCpuPercent: 3 } }
`);
    expect(problems).toEqual([]);
    expect(document).toMatchObject({
      minimumMonthlySavings: { USD: '5.5', JPY: '1000' },
      detectors: { 'ec2-instance-idle': { thresholds: { maximumCpuPercent: 3 } } },
    });
  });

  it('names the place and the reason of everything that is wrong, at once', () => {
    expect(
      said(`version: 1
detectors:
  ebs-volume-unatached: {}
  ec2-instance-idle:
    thresholds: { maximumCpuPercent: 90, foo: 1 }
environments:
  production:
    - accounts: [111122223333]
workingCalendar:
  timeZone: Asia/Tokio
`),
    ).toEqual(['8:18 must stand in quotes: a number would lose leading zeros', '10:13 must be a time zone such as Asia/Tokyo']);
    expect(
      said(`version: 1
detectors:
  ebs-volume-unatached: {}
  ec2-instance-idle:
    thresholds: { maximumCpuPercent: 90, foo: 1 }
`),
    ).toEqual([
      '3:3 there is no such rule; the nearest is ebs-volume-unattached',
      '5:38 Too big: expected number to be <=50',
      '5:42 is no threshold of this rule; it has: lookbackDays, maximumCpuPercent, maximumNetworkMegabytesPerDay',
    ]);
  });

  it('says so in Japanese too', () => {
    expect(said('version: 1\nbogus: 1\n', 'ja')).toEqual(['2:1 ここでは使えない項目です']);
    expect(said('version: 1\nlayers: [{ name: x }]\n', 'ja')).toEqual([
      '2:10 accounts、organizationalUnits、tagsのいずれかを指定してください',
    ]);
  });

  it.each([
    ['no YAML', 'version: 1\na: [1\n', /Flow sequence/],
    ['a word twice', 'version: 1\nversion: 1\n', /unique/],
    ['nothing', '', /expected object/],
    ['another version', 'version: 2\n', /expected 1/],
    ['a rule off without a reason', 'version: 1\ndetectors: { nat-gateway-idle: { enabled: false } }\n', /why/],
    ['a negative amount', 'version: 1\nminimumMonthlySavings: { USD: -1 }\n', /amount/],
    ['spans that overlap', 'version: 1\nworkingCalendar: { week: { monday: ["09:00-12:00", "11:00-13:00"] } }\n', /overlap/],
    ['a day that is none', 'version: 1\nworkingCalendar: { ownHolidays: [{ day: 2026-02-30, name: x }] }\n', /calendar day/],
  ])('refuses %s', (_what, text, reason) => {
    expect(said(text).join('\n')).toMatch(reason);
  });

  it('refuses a few lines that would unfold to more than any machine holds', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`);
    const { document, problems } = read(`a0: &a0 [x]\n${levels.join('\n')}\n`);
    expect([document, problems.length]).toEqual([null, 1]);
  });

  it('is no place for accounts of one tenant where it holds for all of them', () => {
    const text =
      'version: 1\nenvironments: { production: [{ accounts: ["1"] }] }\nlayers: [{ name: x, organizationalUnits: [Dev] }]\n';
    expect(said(text)).toEqual([]);
    expect(said(text, 'en', 'integrator')).toHaveLength(2);
  });

  it('names the place inside the expression of a rule, and keeps the rules that can be asked', () => {
    const rule = (id: string, when: string) =>
      `  - id: ${id}\n    actionType: Stop\n    when: ${when}\n    text: { en: { title: t, background: b, steps: [s] } }\n`;
    const text = `version: 1\nrules:\n${rule('good', 'monthlyCost > 1.0')}${rule('bad', "'ageDays > 1 && monthlyCst > 1.0'")}${rule('good', '"true"')}`;
    expect(said(text)).toEqual([
      '9:27 the expression cannot be read: Unknown variable: monthlyCst',
      '11:9 there is a rule of this id before',
    ]);
    expect(read(text).rules.map((item) => item.rule.id)).toEqual(['own-good']);
  });

  it('leaves out the settings of a rule that can no longer be used, and keeps the rest', () => {
    const { document, problems } = read(`version: 1
detectors:
  gone-rule: { enabled: true }
  ec2-instance-idle: { thresholds: { maximumCpuPercent: 3 } }
layers:
  - { name: x, accounts: ["1"], detectors: { ec2-instance-idle: { thresholds: { maximumCpuPercent: 300 } } } }
`);
    expect(problems).toHaveLength(2);
    expect(Object.keys(document?.detectors ?? {})).toEqual(['ec2-instance-idle']);
    expect(document?.layers?.[0]?.detectors).toEqual({});
  });
});
