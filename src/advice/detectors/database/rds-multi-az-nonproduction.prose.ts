import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const rdsMultiAzNonproductionProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Only production databases have a standby', ja: '非本番RDSのマルチAZ解除' },
  sentence: {
    en: 'This database is not for production and runs as {instanceType} for {monthlyCost} a month; without the standby its hours cost {savingsPercent} % less.',
    ja: 'この非本番データベースは{instanceType}で稼働し、月額{monthlyCost}です。スタンバイをなくすと、インスタンスの料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'A Multi-AZ standby is a second instance that takes over when the first one or its zone fails; it serves no queries. It doubles hours, storage and extended support. The saving counts the hours alone; storage halves too.',
    ja: 'マルチAZのスタンバイは、障害時に切り替わるための2台目のインスタンスで、クエリは処理しません。時間料金、ストレージ、延長サポートがいずれも2倍になります。削減見込額は時間料金のみで、ストレージも半額になります。',
  },
  riskOfActing: {
    en: 'A failure of the zone or a patch makes the database unavailable for minutes to hours instead of about one minute, and backups briefly slow down its I/O. Tests of a failover need the standby.',
    ja: 'ゾーン障害やパッチ適用時の停止が、1分程度から数分〜数時間に延びます。バックアップ時にI/Oが一時的に遅くなることがあります。フェイルオーバーの試験にはスタンバイが必要です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for an availability that tests seldom need.',
    ja: '検証や開発では通常必要のない可用性に、毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Production databases have a standby; others have one only while a failover is tested.',
    ja: 'マルチAZは本番のデータベースだけで、それ以外はフェイルオーバーの試験中だけ有効になっている状態です。',
  },
  steps: {
    en: [
      'Ask the owner whether tests of failover or load depend on the standby.',
      'Take a snapshot.',
      'Switch Multi-AZ off in a quiet hour; there is no restart.',
      'Set it off in templates for all environments but production.',
    ],
    ja: [
      'フェイルオーバーや負荷の試験でスタンバイが必要か、担当者に確認します。',
      'スナップショットを取得します。',
      '利用の少ない時間帯にマルチAZを無効にします（再起動は不要です）。',
      'テンプレートで、本番以外のマルチAZを無効にします。',
    ],
  },
  undo: {
    en: 'Switch Multi-AZ on again; RDS builds the standby while the database is in use, with some more latency.',
    ja: 'マルチAZを再び有効にします。スタンバイは利用中に作成されますが、その間レイテンシーが増えることがあります。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change. Takes effect in the maintenance window.`,
      `resource "aws_db_instance" "${terraformName(nameOf(subject))}" {`,
      '  multi_az          = false',
      '  apply_immediately = false',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::RDS::DBInstance',
      '    Properties:',
      '      MultiAZ: false',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws rds create-db-snapshot --db-instance-identifier ${id} --db-snapshot-identifier ${shellQuote(`${nameOf(subject)}-before-single-az`)}${region}`,
      '# In a quiet hour:',
      `# aws rds modify-db-instance --db-instance-identifier ${id} --no-multi-az --no-apply-immediately${region}`,
    );
  },
  links: [{ url: 'https://aws.amazon.com/premiumsupport/knowledge-center/rds-convert-single-az-multi-az/', readOn: '2026-11' }],
});
