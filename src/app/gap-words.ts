import type { CommitmentGap } from '../advice/sizing/gaps.ts';
import type { Locale } from '../kernel/locale.ts';
import { oneLine } from '../kernel/text.ts';

interface GapWords {
  /** One gap as a sentence; `money` is its amount a month, `hourly` writes amounts an hour. */
  readonly line: (gap: CommitmentGap, money: string, hourly: (amount: string) => string) => string;
  readonly more: (count: number) => string;
}

/** The last part of an ARN. */
export const shortId = (id: string): string => oneLine(id.split(/[/:]/).at(-1) ?? id, 44);

const groupOf = ({ sharingGroupId }: { readonly sharingGroupId: string }): string => oneLine(sharingGroupId, 40);

export const GAP_WORDS: Readonly<Record<Locale, GapWords>> = {
  en: {
    line: (gap, money, hourly) => {
      switch (gap.kind) {
        case 'uncovered':
          return `${money}: steady usage that ${hourly(gap.hourlyCommitment)} an hour of commitments would cover at the optimum (${groupOf(gap)})`;
        case 'unused':
          return `${money}: ${shortId(gap.commitmentId)} is used to ${gap.utilizationPercent} % only`;
        case 'expiring':
          return `${money} more from ${gap.endsOn}: ${shortId(gap.commitmentId)} ends within ${gap.withinDays} days`;
        case 'strandedByAdvice':
          return `${money}: ${shortId(gap.resourceId ?? gap.accountId)}, if the advice is followed, frees a commitment that nothing takes up${gap.until ? ` until ${gap.until}` : ''}`;
        case 'betterPlanType':
          return `${money}: flexible plans alone for the same usage cost this much more than ${gap.planTypes.join(' and ')} together (${groupOf(gap)})`;
        case 'databasePlans':
          return gap.because === 'notAsked'
            ? `${money}: the on-demand cost of databases; whether Database Savings Plans cover them is not known, since no rate was read: they take newest generations and serverless only (${groupOf(gap)})`
            : `${money}: the on-demand cost of databases; what Database Savings Plans charge for them depends on the engine, and the bill does not tell which engine ran in which hour (${groupOf(gap)})`;
      }
    },
    more: (count) => `… and ${count} more of this kind (all of them with --json)`,
  },
  ja: {
    line: (gap, money, hourly) => {
      switch (gap.kind) {
        case 'uncovered':
          return `${money}: 定常利用が未カバーです。最適値は1時間あたり${hourly(gap.hourlyCommitment)}（${groupOf(gap)}）`;
        case 'unused':
          return `${money}: ${shortId(gap.commitmentId)}の使用率が${gap.utilizationPercent}%にとどまっています`;
        case 'expiring':
          return `${gap.endsOn}から${money}増: ${shortId(gap.commitmentId)}が${gap.withinDays}日以内に終了します`;
        case 'strandedByAdvice':
          return `${money}: ${shortId(gap.resourceId ?? gap.accountId)}の施策を実施すると、${gap.until ? `${gap.until}まで` : ''}引き受け先のないコミットメントが残ります`;
        case 'betterPlanType':
          return `${money}: 同じ利用に対し、柔軟なプランだけでは${gap.planTypes.join('と')}の併用よりこの分高くなります（${groupOf(gap)}）`;
        case 'databasePlans':
          return gap.because === 'notAsked'
            ? `${money}: データベースのオンデマンド料金（${groupOf(gap)}）。料率を取得していないため、Database Savings Plansの対象かどうかは不明です（対象は新しい世代とサーバーレスのみ）`
            : `${money}: データベースのオンデマンド料金（${groupOf(gap)}）。Database Savings Plansの料率はエンジンによって異なりますが、どのエンジンの利用かを請求データから判別できません`;
      }
    },
    more: (count) => `… 同種の項目がほかに${count}件あります（--jsonですべて表示）`,
  },
};
