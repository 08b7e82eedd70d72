import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import type { NeverRestsEvidence } from '../shared/never-rests.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const documentdbInstanceOffHoursProse = defineProse<NeverRestsEvidence>({
  title: { en: 'Document databases for tests rest when people do', ja: '非本番DocumentDBの夜間・休日の停止' },
  sentence: {
    en: 'This DocumentDB instance is not for production and ran day and night on {settledDays} days for {monthlyCost} a month, although people work {hoursPerWeek} hours a week.',
    ja: 'この非本番のDocumentDBインスタンスは{settledDays}日間、昼夜を問わず稼働しており、月額{monthlyCost}です。業務時間は週{hoursPerWeek}時間です。',
  },
  background: {
    en: 'Outside the working hours of your policy ({timeZone}, holidays in it) a year has {savingsPercent} % of its hours. A cluster is stopped with all its instances; while it is stopped, instances are not billed and storage is. AWS starts it again after seven days, so a schedule stops it each evening.',
    ja: 'ポリシーの業務時間（{timeZone}、祝日を反映）以外は、1年の{savingsPercent}%にあたります。クラスター単位で停止し、停止中はインスタンス料金がかからず、ストレージ料金だけが発生します。7日後に自動で起動するため、毎晩停止するスケジュールを設定します。',
  },
  riskOfActing: {
    en: 'Nightly jobs, tests over a weekend and colleagues in other time zones find no database, and starting takes minutes. All instances of the cluster stop together, and one of a global cluster cannot be stopped.',
    ja: '夜間のジョブ、週末の試験、時差のある拠点からは利用できなくなり、起動には数分かかります。クラスター内の全インスタンスが同時に停止します。グローバルクラスターは停止できません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for hours in which nobody works with it.',
    ja: '誰も使わない時間帯に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Document databases that are not for production run in working hours.',
    ja: '非本番のDocumentDBが業務時間だけ稼働している状態です。',
  },
  steps: {
    en: [
      'Ask the owner for nightly jobs and weekend tests, and for the hours that are needed.',
      'Stop its cluster by hand on one evening and start it in the morning.',
      'Let a schedule (EventBridge Scheduler) stop and start the cluster, an hour before work begins, and show the team how to start it at other times.',
      'Look at its hours on the bill after two weeks.',
    ],
    ja: [
      '夜間のジョブや週末の試験の有無と、必要な時間帯を担当者に確認します。',
      '一晩だけクラスターを手動で停止し、翌朝起動して影響を確認します。',
      '始業1時間前の起動と夜間の停止をスケジュール（EventBridge Scheduler）に設定し、時間外に起動する方法を利用者に共有します。',
      '2週間後に、請求の稼働時間を確認します。',
    ],
  },
  undo: { en: 'Switch the schedules off and start the cluster.', ja: 'スケジュールを無効にし、クラスターを起動します。' },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Its cluster, which stops as a whole:',
      `cluster=$(aws docdb describe-db-instances --db-instance-identifier ${id} --query 'DBInstances[0].DBClusterIdentifier' --output text${region})`,
      '# On an evening, to try:',
      `# aws docdb stop-db-cluster --db-cluster-identifier "$cluster"${region}`,
      '# In the morning:',
      `# aws docdb start-db-cluster --db-cluster-identifier "$cluster"${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/db-cluster-stop-start.html', readOn: '2026-11' }],
});
