import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const elasticacheServerlessToValkeyProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Serverless caches run on Valkey', ja: 'ElastiCache ServerlessのValkeyへの移行' },
  sentence: {
    en: 'Data and requests of this serverless cache with Redis OSS cost {monthlyCost} a month; with Valkey they cost {savingsPercent} % less.',
    ja: 'このRedis OSSのサーバーレスキャッシュは、データとリクエストで月額{monthlyCost}です。Valkeyにすると、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Valkey is the open continuation of Redis OSS 7.2 and speaks the same protocol. AWS bills stored data and requests of a serverless cache lower with it, and the smallest amount of data that is billed is a tenth. The upgrade runs in place: data and endpoint stay.',
    ja: 'ValkeyはRedis OSS 7.2から派生したオープンソースのエンジンで、プロトコルに互換性があります。サーバーレスキャッシュでは、保管データとリクエストの単価が下がり、最低課金容量も10分の1になります。アップグレードはその場で行われ、データとエンドポイントはそのまま使えます。',
  },
  riskOfActing: {
    en: 'Clients pinned to a Redis version string, and Lua scripts that ask for it, have to be tested. The way back leads from Valkey 7.2 to Redis OSS only, so later versions wait until it has proved itself.',
    ja: 'バージョン番号を確認しているクライアントやLuaスクリプトは事前の検証が必要です。戻せるのはValkey 7.2からのみのため、より新しいバージョンへの更新は安定を確認してから行います。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same cache.',
    ja: '同じキャッシュに毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Serverless caches run on Valkey, in templates as well.',
    ja: 'サーバーレスキャッシュがValkeyで稼働し、テンプレートの設定もValkeyになっている状態です。',
  },
  steps: {
    en: [
      'Run the application tests against a Valkey cache that is restored from a snapshot.',
      'Take a snapshot of the cache.',
      'Change the engine to Valkey 7.2 in a quiet hour and watch errors and latency.',
      'Change the engine in templates.',
    ],
    ja: [
      'スナップショットから復元したValkeyのキャッシュで、アプリケーションの試験を行います。',
      'キャッシュのスナップショットを取得します。',
      '利用の少ない時間帯にエンジンをValkey 7.2に変更し、エラーとレイテンシーを確認します。',
      'テンプレートのエンジンもValkeyに変更します。',
    ],
  },
  undo: {
    en: 'From Valkey 7.2, change the engine back to Redis OSS 7; from a later version, restore the snapshot into a new Redis OSS cache and point the clients there.',
    ja: 'Valkey 7.2であれば、エンジンをRedis OSS 7に戻します。それより新しい場合は、スナップショットから新しいRedis OSSのキャッシュを復元し、接続先を切り替えます。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change.`,
      `resource "aws_elasticache_serverless_cache" "${terraformName(nameOf(subject))}" {`,
      '  engine               = "valkey"',
      '  major_engine_version = "7"',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::ElastiCache::ServerlessCache',
      '    Properties:',
      '      Engine: valkey',
      '      MajorEngineVersion: "7"',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws elasticache create-serverless-cache-snapshot --serverless-cache-name ${id} --serverless-cache-snapshot-name ${shellQuote(`${nameOf(subject)}-before-valkey`)}${region}`,
      '# After the tests, in a quiet hour:',
      `# aws elasticache modify-serverless-cache --serverless-cache-name ${id} --engine valkey --major-engine-version 7${region}`,
    );
  },
  links: [
    { url: 'https://aws.amazon.com/elasticache/pricing/', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html', readOn: '2026-11' },
  ],
});
