import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { RdsExtendedSupportEvidence } from './rds-extended-support.ts';

export const rdsExtendedSupportProse = defineProse<RdsExtendedSupportEvidence>({
  title: { en: 'Databases run on versions in standard support', ja: 'RDS延長サポートの解消（バージョンアップ）' },
  sentence: {
    en: 'This database runs {engineVersion}, which is out of standard support; the surcharge ({supportYear}) is {monthlyCost} a month.',
    ja: 'このデータベースの{engineVersion}は標準サポートが終了しており、延長サポート料金（{supportYear}）が月額{monthlyCost}発生しています。',
  },
  background: {
    en: 'When a major version leaves standard support, RDS goes on patching it for up to three years and bills an amount for each vCPU and hour, also for the Multi-AZ standby. In the third year it doubles. No reservation lowers it; only an upgrade ends it.',
    ja: 'メジャーバージョンの標準サポート終了後も、RDSは最長3年間パッチを提供し、vCPU時間単位の追加料金を請求します（マルチAZのスタンバイも対象）。3年目は単価が2倍になります。リザーブドインスタンスでは下がらず、バージョンアップによってのみ解消します。',
  },
  riskOfActing: {
    en: 'A major upgrade can change SQL behaviour, reserved words, authentication and query plans, and it cannot be undone in place. The application and its drivers have to be tested first.',
    ja: 'メジャーバージョンアップでは、SQLの挙動、予約語、認証方式、実行計画が変わることがあり、そのままでは元に戻せません。アプリケーションとドライバーの事前検証が必要です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for nothing but time, twice as much in the third year; after that AWS upgrades the database itself, on its own date.',
    ja: '猶予のためだけに毎月{monthlySavings}を払い続け、3年目には単価が2倍になります。期間終了後は、AWSの定める日程で自動的にバージョンアップされます。',
  },
  desiredState: {
    en: 'All databases run on a version in standard support, and the next end of support is in the yearly plan.',
    ja: 'すべてのデータベースが標準サポート中のバージョンで稼働し、次のサポート終了日が年間計画に入っている状態です。',
  },
  steps: {
    en: [
      'List the versions that this one can be upgraded to, and ask the application vendor which of them it supports.',
      'Restore a snapshot as a copy, upgrade the copy, and run the pre-upgrade checks and the application tests on it.',
      'Create a blue/green deployment: the new version runs beside the old one and follows it.',
      'Switch over in the agreed window, usually within a minute.',
      'Keep the old environment for some days, then delete it, or both are paid.',
    ],
    ja: [
      'アップグレード可能なバージョンを確認し、アプリケーションの対応状況をベンダーに確認します。',
      'スナップショットから複製を作成してバージョンアップし、事前チェックとアプリケーションの試験を行います。',
      'ブルー/グリーンデプロイを作成し、新バージョンを並行稼働させて同期します。',
      '合意した時間帯に切り替えます（通常は1分以内です）。',
      '旧環境は数日間残してから削除します（残している間は両方の料金がかかります）。',
    ],
  },
  undo: {
    en: 'Before the switch-over: delete the green side. After it: the old environment is still there but stands still; changes made since have to be carried back by hand.',
    ja: '切替前であれば、グリーン環境を削除するだけです。切替後も旧環境は残りますが、切替時点で止まっているため、その後の更新は手作業で戻す必要があります。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change. Give the version that you have tested.`,
      `resource "aws_db_instance" "${terraformName(nameOf(subject))}" {`,
      '  engine_version              = var.tested_engine_version',
      '  allow_major_version_upgrade = true',
      '  apply_immediately           = false',
      '  blue_green_update {',
      '    enabled = true',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::RDS::DBInstance',
      '    Properties:',
      '      EngineVersion: !Ref TestedEngineVersion',
      '      AllowMajorVersionUpgrade: true',
    ),
  cli: ({ subject }) => {
    const name = nameOf(subject);
    const id = shellQuote(name);
    const region = regionFlag(subject);
    return lines(
      `engine=$(aws rds describe-db-instances --db-instance-identifier ${id} --query 'DBInstances[0].Engine' --output text${region})`,
      `version=$(aws rds describe-db-instances --db-instance-identifier ${id} --query 'DBInstances[0].EngineVersion' --output text${region})`,
      '# What it can be upgraded to:',
      `aws rds describe-db-engine-versions --engine "$engine" --engine-version "$version" --query 'DBEngineVersions[0].ValidUpgradeTarget[].EngineVersion'${region}`,
      `aws rds create-db-snapshot --db-instance-identifier ${id} --db-snapshot-identifier ${shellQuote(`${name}-before-upgrade`)}${region}`,
      '# After the tests on a copy, with the version that you have tested:',
      `# aws rds create-blue-green-deployment --blue-green-deployment-name ${shellQuote(`${name}-upgrade`)} --source ${shellQuote(subject.resourceId ?? '')} --target-engine-version "$tested_version"${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments.html', readOn: '2026-11' },
  ],
});
