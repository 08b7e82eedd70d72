import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { FIND_BLOCK, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { UnusedEvidence } from '../shared/unused.ts';

export const kinesisStreamIdleProse = defineProse<UnusedEvidence>({
  title: { en: 'Kinesis streams carry records', ja: '未使用Kinesisデータストリームの削除' },
  sentence: {
    en: 'This stream was paid on each of {settledDays} days and took {usePerDay} payload units a day; it costs {monthlyCost} a month.',
    ja: 'このデータストリームは{settledDays}日間毎日課金されていますが、書き込みは1日平均{usePerDay}単位です。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A shard, or an on-demand stream, is paid by the hour whether or not records arrive. Streams stay when the producer is switched off or sends its records elsewhere.',
    ja: 'シャードやオンデマンドのストリームは、データの有無にかかわらず時間単位で課金されます。送信側が停止した後や、送信先が変わった後に残りがちです。',
  },
  riskOfActing: {
    en: 'A producer that sends once a quarter gets errors once the stream is gone, and consumers that start with the application may fail to start. Records that are still retained are lost.',
    ja: 'まれに送信するシステムがある場合、削除後は送信エラーになります。起動時にストリームへ接続する受信側は起動に失敗する可能性があります。保持中のレコードは失われます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a stream that nothing comes through.',
    ja: 'データの流れないストリームに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Each stream carries records, with as many shards as they need; what is rarely used is on demand.',
    ja: 'ストリームにはすべてデータが流れ、シャード数が実際の量に見合っている状態です。',
  },
  steps: {
    en: [
      'Look up producers and consumers (Lambda triggers, Firehose, registered consumers) and ask the owner for rare senders.',
      'Merge a provisioned stream down to one shard and wait one business cycle: this saves most and breaks nothing.',
      'Take the consumers away, or they fail.',
      'Delete the stream.',
    ],
    ja: [
      '送信側と受信側（Lambdaトリガー、Firehose、登録済みコンシューマー）を調べ、まれに送信するシステムがないか担当者に確認します。',
      'プロビジョニングのストリームは、まずシャードを1つに統合し、業務の1サイクルを待ちます（影響なく大半を削減できます）。',
      '受信側の設定を外します（残すとエラーになります）。',
      'ストリームを削除します。',
    ],
  },
  undo: {
    en: 'Split the shards again; after deletion create a stream of the same name and attach the consumers (old records do not come back).',
    ja: 'シャードを再び分割します。削除後は同じ名前のストリームを作成し、受信側を再設定します（過去のレコードは戻りません）。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# First set shard_count = 1 and wait; then replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_kinesis_stream.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: first this, then delete the resource in a later update`,
      '    Type: AWS::Kinesis::Stream',
      '    Properties:',
      '      ShardCount: 1',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Who reads from it, and how is it set up? Keep the answer.',
      `aws kinesis describe-stream-summary --stream-name ${id}${region}`,
      '# If nobody missed it:',
      `# aws kinesis delete-stream --stream-name ${id}${region}`,
    );
  },
  links: [{ url: 'https://aws.amazon.com/kinesis/data-streams/pricing/', readOn: '2026-11' }],
});
