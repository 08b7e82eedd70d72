import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import type { NeverRestsEvidence } from '../shared/never-rests.ts';
import { scheduleCloudFormation, scheduleTerraform } from '../shared/schedule-snippets.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const rdsInstanceOffHoursProse = defineProse<NeverRestsEvidence>({
  title: { en: 'Databases for tests rest when people do', ja: '非本番RDSの夜間・休日の停止' },
  sentence: {
    en: 'This database is not for production and ran day and night on {settledDays} days for {monthlyCost} a month, although people work {hoursPerWeek} hours a week.',
    ja: 'この非本番データベースは{settledDays}日間、昼夜を問わず稼働しており、月額{monthlyCost}です。業務時間は週{hoursPerWeek}時間です。',
  },
  background: {
    en: 'Outside the working hours of your policy ({timeZone}, holidays in it) a year has {savingsPercent} % of its hours. A stopped database is not paid by the hour. AWS starts it again after seven days, so a schedule stops it each evening; storage and backups are paid all along.',
    ja: 'ポリシーの業務時間（{timeZone}、祝日を反映）以外は、1年の{savingsPercent}%にあたります。停止中のデータベースに時間料金はかかりません。7日後に自動で起動するため、毎晩停止するスケジュールを設定します。ストレージとバックアップの料金は停止中もかかります。',
  },
  riskOfActing: {
    en: 'Nightly jobs, tests over a weekend and colleagues in other time zones find no database. Starting takes minutes, and a class that is scarce may not start at once. A database with a read replica cannot be stopped, nor SQL Server with Multi-AZ; an Aurora instance is stopped with its cluster.',
    ja: '夜間のジョブ、週末の試験、時差のある拠点からは利用できなくなります。起動には数分かかり、在庫の少ないクラスはすぐに起動できない場合があります。リードレプリカのあるデータベースや、マルチAZのSQL Serverは停止できません。Auroraはクラスター単位で停止します。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for hours in which nobody works with it.',
    ja: '誰も使わない時間帯に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Databases that are not for production run in working hours, and whoever needs one at night can start it.',
    ja: '非本番のデータベースは業務時間だけ稼働し、夜間に必要な場合は利用者が起動できる状態です。',
  },
  steps: {
    en: [
      'Ask the owner for nightly jobs and weekend tests, and for the hours that are needed.',
      'Stop it by hand on one evening and start it in the morning: who complains is who uses it.',
      'Let a schedule stop and start it, an hour before work begins, and show the team how to start it at other times.',
      'Look at its hours on the bill after two weeks.',
    ],
    ja: [
      '夜間ジョブや週末の試験の有無と、必要な時間帯を担当者に確認します。',
      '一晩だけ手動で停止し、翌朝起動して影響を確認します。',
      '始業1時間前の起動と夜間の停止をスケジュールに設定し、時間外に起動する方法を利用者に共有します。',
      '2週間後に、請求の稼働時間を確認します。',
    ],
  },
  undo: {
    en: 'Switch the schedules off and start the database.',
    ja: 'スケジュールを無効にし、データベースを起動します。',
  },
  terraform: ({ subject, evidence }) =>
    scheduleTerraform(subject, evidence, {
      stop: 'rds:stopDBInstance',
      start: 'rds:startDBInstance',
      input: { DbInstanceIdentifier: nameOf(subject) },
    }),
  cloudFormation: ({ subject, evidence }) =>
    scheduleCloudFormation(subject, evidence, {
      stop: 'rds:stopDBInstance',
      start: 'rds:startDBInstance',
      input: { DbInstanceIdentifier: nameOf(subject) },
    }),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Has it read replicas? Then it cannot be stopped.',
      `aws rds describe-db-instances --db-instance-identifier ${id} --query 'DBInstances[0].ReadReplicaDBInstanceIdentifiers'${region}`,
      '# On an evening, to try:',
      `# aws rds stop-db-instance --db-instance-identifier ${id}${region}`,
      '# In the morning:',
      `# aws rds start-db-instance --db-instance-identifier ${id}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html', readOn: '2026-11' }],
});
