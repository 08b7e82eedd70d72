import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const rdsInstancePreviousGenerationProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Databases run on a current instance class', ja: 'RDSインスタンスの現行世代への移行' },
  sentence: {
    en: 'This database runs on {instanceType}, of an earlier generation, for {monthlyCost} a month; the same size today, {targetType}, costs {savingsPercent} % less and is faster.',
    ja: 'このデータベースは旧世代の{instanceType}で稼働し、月額{monthlyCost}です。同じサイズの現行クラス{targetType}なら、料金が{savingsPercent}%下がり、性能も向上します。',
  },
  background: {
    en: 'RDS has announced the end of the classes t2, m3, m4, r3 and r4; a database that still runs on one is moved by AWS sooner or later. The target has the same size and an x86 processor, so that the engine and its extensions stay as they are.',
    ja: 'RDSはt2、m3、m4、r3、r4クラスの提供終了を案内しており、残っているデータベースはいずれAWSによって移行されます。移行先は同じサイズのx86プロセッサーのため、エンジンや拡張機能はそのままです。',
  },
  riskOfActing: {
    en: 'The database restarts, with Multi-AZ for about a minute (a failover), without it for several minutes. Very old engine versions have to be upgraded before {targetType} takes them.',
    ja: '変更時に再起動が発生します（マルチAZは切替で1分程度、シングルAZは数分）。古いバージョンのエンジンは、{targetType}に変更する前に更新が必要な場合があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for less performance, and in the end AWS changes the class on its own date.',
    ja: '性能が低いまま毎月{monthlySavings}を余分に払い、最終的にはAWSの定める日程でクラスが変更されます。',
  },
  desiredState: {
    en: 'All databases run on current classes, and each new generation is looked at once a year.',
    ja: 'すべてのデータベースが現行世代で稼働し、新しい世代を年に一度は検討している状態です。',
  },
  steps: {
    en: [
      'Check that the engine version runs on {targetType} (describe-orderable-db-instance-options).',
      'Take a snapshot.',
      'Change the class in the maintenance window, or with a blue/green deployment where minutes count.',
      'Watch CPU, latency and, for T classes, CPU credits over the next peak.',
    ],
    ja: [
      'エンジンのバージョンが{targetType}に対応しているか確認します（describe-orderable-db-instance-options）。',
      'スナップショットを取得します。',
      'メンテナンスウィンドウでクラスを変更します（停止時間を短くしたい場合はブルー/グリーンデプロイを使います）。',
      '次のピークまで、CPU、レイテンシー、TクラスではCPUクレジットを確認します。',
    ],
  },
  undo: {
    en: 'Change the class back to {instanceType} as long as AWS offers it.',
    ja: 'AWSが提供している間は、クラスを{instanceType}に戻せます。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change. Takes effect in the maintenance window.`,
      `resource "aws_db_instance" "${terraformName(nameOf(subject))}" {`,
      `  instance_class    = ${hclString(evidence.targetType)}`,
      '  apply_immediately = false',
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::RDS::DBInstance',
      '    Properties:',
      `      DBInstanceClass: ${yamlString(evidence.targetType)}`,
    ),
  cli: ({ subject, evidence }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws rds create-db-snapshot --db-instance-identifier ${id} --db-snapshot-identifier ${shellQuote(`${nameOf(subject)}-before-class`)}${region}`,
      '# In the maintenance window:',
      `# aws rds modify-db-instance --db-instance-identifier ${id} --db-instance-class ${shellQuote(evidence.targetType)} --no-apply-immediately${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html', readOn: '2026-11' },
  ],
});
