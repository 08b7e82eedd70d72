import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import type { NeverRestsEvidence } from '../shared/never-rests.ts';
import { scheduleCloudFormation, scheduleTerraform } from '../shared/schedule-snippets.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const redshiftClusterOffHoursProse = defineProse<NeverRestsEvidence>({
  title: { en: 'Warehouses for tests pause when people do', ja: '非本番Redshiftの夜間・休日の一時停止' },
  sentence: {
    en: 'This cluster is not for production and ran day and night on {settledDays} days for {monthlyCost} a month, although people work {hoursPerWeek} hours a week.',
    ja: 'この非本番クラスターは{settledDays}日間、昼夜を問わず稼働しており、月額{monthlyCost}です。業務時間は週{hoursPerWeek}時間です。',
  },
  background: {
    en: 'Outside the working hours of your policy ({timeZone}, holidays in it) a year has {savingsPercent} % of its hours. Redshift pauses and resumes a cluster on a schedule of its own; while it is paused, nodes are not billed and storage is.',
    ja: 'ポリシーの業務時間（{timeZone}、祝日を反映）以外は、1年の{savingsPercent}%にあたります。Redshiftにはスケジュールによる一時停止と再開の機能があり、停止中はノード料金がかからず、ストレージ料金だけが発生します。',
  },
  riskOfActing: {
    en: 'Nightly loads and weekend tests fail while it is paused. A pause ends running queries, and resuming takes minutes. A cluster without automated snapshots cannot be paused; reserved nodes are paid all the same.',
    ja: '停止中は夜間のデータ取り込みや週末の試験が失敗します。停止時に実行中のクエリは終了し、再開には数分かかります。自動スナップショットが無効のクラスターは停止できません。リザーブドノードの料金は停止中もかかります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for hours in which nobody works with it.',
    ja: '誰も使わない時間帯に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Clusters that are not for production run in working hours, or are serverless.',
    ja: '非本番のクラスターは業務時間だけ稼働するか、サーバーレスになっている状態です。',
  },
  steps: {
    en: [
      'Ask the owner for nightly loads and weekend tests, and for the hours that are needed.',
      'Pause it by hand on one evening and resume it in the morning.',
      'Let scheduled actions pause and resume it, an hour before work begins, and show the team how to resume it at other times.',
      'Look at its node hours on the bill after two weeks.',
    ],
    ja: [
      '夜間の取り込みや週末の試験の有無と、必要な時間帯を担当者に確認します。',
      '一晩だけ手動で一時停止し、翌朝再開して影響を確認します。',
      '始業1時間前の再開と夜間の停止をスケジュールに設定し、時間外に再開する方法を利用者に共有します。',
      '2週間後に、請求のノード時間を確認します。',
    ],
  },
  undo: {
    en: 'Switch the schedules off and resume the cluster.',
    ja: 'スケジュールを無効にし、クラスターを再開します。',
  },
  terraform: ({ subject, evidence }) =>
    scheduleTerraform(subject, evidence, {
      stop: 'redshift:pauseCluster',
      start: 'redshift:resumeCluster',
      input: { ClusterIdentifier: nameOf(subject) },
    }),
  cloudFormation: ({ subject, evidence }) =>
    scheduleCloudFormation(subject, evidence, {
      stop: 'redshift:pauseCluster',
      start: 'redshift:resumeCluster',
      input: { ClusterIdentifier: nameOf(subject) },
    }),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Are automated snapshots on? Without them it cannot be paused.',
      `aws redshift describe-clusters --cluster-identifier ${id} --query 'Clusters[0].AutomatedSnapshotRetentionPeriod'${region}`,
      '# On an evening, to try:',
      `# aws redshift pause-cluster --cluster-identifier ${id}${region}`,
      '# In the morning:',
      `# aws redshift resume-cluster --cluster-identifier ${id}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/redshift/latest/mgmt/rs-mgmt-pause-resume-cluster.html', readOn: '2026-11' }],
});
