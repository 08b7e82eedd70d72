import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsFastSnapshotRestoreEvidence } from './ebs-fast-snapshot-restore.ts';

export const ebsFastSnapshotRestoreProse = defineProse<EbsFastSnapshotRestoreEvidence>({
  title: { en: 'Fast snapshot restore is on while somebody restores', ja: '高速スナップショット復元の無効化' },
  sentence: {
    en: 'Fast snapshot restore of this snapshot was on day and night for {settledDays} days in {zones} Availability Zones and costs {monthlyCost} a month.',
    ja: 'このスナップショットの高速スナップショット復元は、{zones}か所のアベイラビリティーゾーンで{settledDays}日間有効なままで、月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'It makes volumes fast from their first second, for example when hundreds of desktops start in the morning, and is paid by the hour for each snapshot and zone. Left on after a rehearsal it often costs more than the volumes themselves.',
    ja: '復元直後から最大の性能を使えるようにする機能で、スナップショットとアベイラビリティーゾーンごとに時間課金されます。復元の訓練や大量展開の後に無効化を忘れると、ボリューム自体より高くつくことがあります。',
  },
  riskOfActing: {
    en: 'Volumes made from the snapshot load their blocks on first use and are slow until then. A recovery plan or a scale-out that counts on full speed takes longer.',
    ja: '無効にすると、復元したボリュームは初回の読み込みが遅くなります。復元直後の性能を前提にした復旧計画や自動拡張では、所要時間が延びます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month, and as much again for each further snapshot that is switched on.',
    ja: '毎月{monthlySavings}の支払いが続きます。対象のスナップショットが増えれば、その分だけ増加します。',
  },
  desiredState: {
    en: 'It is switched on an hour before a planned mass restore, only in the zones that need it, and off afterwards.',
    ja: '計画された大量の復元の前に必要なゾーンだけで有効にし、終了後に無効化されている状態です。',
  },
  steps: {
    en: [
      'Ask the owner whether a recovery plan, an Auto Scaling group or desktops are created from this snapshot.',
      'Check in CloudTrail when a volume was last created from it.',
      'Switch fast snapshot restore off, zone by zone. The snapshot itself stays as it is.',
      'Where full speed is needed at times, switch it on in the runbook (an hour for each TiB before it is needed).',
    ],
    ja: [
      '復旧計画、Auto Scalingグループ、デスクトップの展開などで使われていないか担当者に確認します。',
      'このスナップショットから最後にボリュームが作成された時期をCloudTrailで確認します。',
      '高速スナップショット復元をゾーンごとに無効化します（スナップショット自体はそのまま残ります）。',
      '一時的に必要な場合は、手順書の中で有効化します（有効になるまで1 TiBあたり1時間程度かかります）。',
    ],
  },
  undo: {
    en: 'Switch it on again; it takes about an hour for each TiB until it works.',
    ja: '再度有効化します（1 TiBあたり1時間程度で利用できるようになります）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# Delete the aws_ebs_fast_snapshot_restore blocks of ${commentText(nameOf(subject))}, one for each Availability Zone. This lists them:`,
      '# terraform state list aws_ebs_fast_snapshot_restore',
    ),
  cloudFormation: null,
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# In which zones is it on, and since when?',
      `zones=$(aws ec2 describe-fast-snapshot-restores --filters Name=snapshot-id,Values=${id} --query 'FastSnapshotRestores[].AvailabilityZone' --output text${region})`,
      DRY_RUN_NOTE,
      `aws ec2 disable-fast-snapshot-restores --source-snapshot-ids ${id} --availability-zones $zones${region} --dry-run`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-fast-snapshot-restore.html', readOn: '2026-11' }],
});
