import type { Locale, Localized } from '../kernel/locale.ts';
import { type Plan, PlanFile } from './plan.ts';

const WORDS: Localized<{
  readonly plan: string;
  readonly waves: readonly [string, string];
  readonly shop: string;
  readonly test: string;
  readonly standby: string;
  readonly team: string;
  readonly always: string;
  readonly office: string;
}> = {
  en: {
    plan: 'Migration to AWS (example)',
    waves: ['Wave 1', 'Wave 2'],
    shop: 'Online shop',
    test: 'Online shop, test',
    standby: 'Online shop, standby',
    team: 'Web team',
    always: 'always',
    office: 'Mon-Fri 09:00-19:00',
  },
  ja: {
    plan: 'AWS移行計画（記入例）',
    waves: ['第1ウェーブ', '第2ウェーブ'],
    shop: 'オンラインショップ',
    test: 'オンラインショップ検証環境',
    standby: 'オンラインショップ待機系',
    team: 'Webチーム',
    always: '24時間365日',
    office: '平日 9:00-19:00',
  },
};

/** A small plan that shows every field; its prices are made up. */
export function examplePlan(locale: Locale): Plan {
  const words = WORDS[locale];
  return PlanFile.parse({
    name: words.plan,
    currency: 'JPY',
    planningRate: '150',
    taxIncluded: true,
    taxPercent: '10',
    waves: [
      { name: words.waves[0], cutOver: '2026-04-01', rampDays: 30, workloads: [shop(words), test(words)] },
      { name: words.waves[1], cutOver: '2026-07-01', rampDays: 0, workloads: [standby(words)] },
    ],
  });
}

function shop({ shop: name, team, always }: (typeof WORDS)['en']): unknown {
  return {
    name,
    owner: team,
    matches: { accountIds: ['111122223333', '012345678901'] },
    lines: [
      {
        serviceName: 'Amazon EC2',
        expectedMonthlyCost: '40880',
        usageType: 'BoxUsage:m5.large',
        quantity: '2920',
        unitPrice: '20',
        discountRate: '0.3',
      },
      { serviceName: 'Amazon Relational Database Service', expectedMonthlyCost: '120000.50' },
      { serviceName: null, kind: 'oneOff', expectedMonthlyCost: '300000' },
    ],
    hearing: {
      environment: 'production',
      criticality: 'high',
      disasterRecoveryRole: 'active',
      operatingHours: always,
      licenceBound: true,
      endDate: null,
    },
    onPremisesMonthlyCost: '450000',
    onPremisesEndDate: '2026-09-30',
  };
}

function test({ test: name, team, office }: (typeof WORDS)['en']): unknown {
  return {
    name,
    owner: team,
    matches: { tags: [{ key: 'workload', value: 'shop-test' }] },
    lines: [{ serviceName: 'Amazon EC2', expectedMonthlyCost: '30000' }],
    hearing: { environment: 'staging', criticality: 'low', operatingHours: office, licenceBound: false, endDate: '2027-03-31' },
  };
}

function standby({ standby: name }: (typeof WORDS)['en']): unknown {
  return {
    name,
    matches: { resourceIds: ['i-0123456789abcdef0', 'arn:aws:rds:ap-northeast-1:111122223333:db:shop-standby'] },
    lines: [{ serviceName: 'Amazon EC2', expectedMonthlyCost: '20000' }],
    hearing: { environment: 'production', disasterRecoveryRole: 'standby' },
  };
}
