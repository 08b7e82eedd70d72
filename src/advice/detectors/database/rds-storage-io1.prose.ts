import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { RdsStorageIo1Evidence } from './rds-storage-io1.ts';

/** Below 400 GiB nothing can be set, and what is included is not set either. */
const isSet = ({ targetIops }: RdsStorageIo1Evidence): boolean => targetIops > 12_000;

export const rdsStorageIo1Prose = defineProse<RdsStorageIo1Evidence>({
  title: { en: 'Database storage pays for speed that gp3 lacks', ja: 'RDSストレージのio1からgp3への移行' },
  sentence: {
    en: 'The io1 storage of this database ({sizeGib} GiB, {provisionedIops} operations a second) costs {monthlyCost} a month; gp3 with as many costs {savingsPercent} % less.',
    ja: 'このデータベースのio1ストレージ（{sizeGib} GiB、{provisionedIops} IOPS）は月額{monthlyCost}です。同等のIOPSのgp3に変更すると、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'io1 bills each provisioned operation. gp3 includes 3,000 operations and 125 MiB/s below 400 GiB, 12,000 and 500 MiB/s from there on, and sells more at a fraction of the price. This database would have {targetIops}.',
    ja: 'io1はプロビジョニングしたIOPSごとに課金されます。gp3には400 GiB未満で3,000 IOPSと125 MiB/s、400 GiB以上で12,000 IOPSと500 MiB/sが含まれ、追加分もio1より大幅に安価です。このデータベースでは{targetIops} IOPSになります。',
  },
  riskOfActing: {
    en: 'io1 keeps its latency steadier than gp3, and gives more throughput at large I/O sizes. The change runs while the database is in use and may slow it down for hours; the storage cannot be changed again for six hours.',
    ja: 'io1はgp3よりレイテンシーが安定しており、大きなサイズのI/Oではスループットも高くなります。変更は利用中に行えますが、完了まで数時間性能が下がることがあり、6時間は再変更できません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for guaranteed operations, used or not.',
    ja: '使用の有無にかかわらず保証されたIOPSに、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Databases use gp3; io1 and io2 stay where measured latency asks for them.',
    ja: 'データベースはgp3を使い、io1やio2は計測されたレイテンシーから必要なものだけに使われている状態です。',
  },
  steps: {
    en: [
      'Look at the highest operations, throughput and latency over a month in CloudWatch (ReadIOPS, WriteIOPS, throughput, latency).',
      'Try gp3 on a copy restored from a snapshot, with the load of the peak.',
      'Take a snapshot, then change the storage type in a quiet hour.',
      'Watch latency over the next peak, and set more operations or throughput where it is short.',
    ],
    ja: [
      'CloudWatchで、1か月間の最大IOPS、スループット、レイテンシーを確認します。',
      'スナップショットから復元した複製をgp3にし、ピーク相当の負荷で試します。',
      'スナップショットを取得し、利用の少ない時間帯にストレージタイプを変更します。',
      '次のピークでレイテンシーを確認し、不足する場合はIOPSやスループットを追加します。',
    ],
  },
  undo: {
    en: 'Change the storage back to io1 with {provisionedIops} operations, six hours later at the earliest.',
    ja: 'ストレージを{provisionedIops} IOPSのio1に戻します（変更から6時間以上経過した後に実行できます）。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change${isSet(evidence) ? '' : '; take iops away'}.`,
      `resource "aws_db_instance" "${terraformName(nameOf(subject))}" {`,
      '  storage_type = "gp3"',
      isSet(evidence) && `  iops         = ${evidence.targetIops}`,
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change${isSet(evidence) ? '' : '; take Iops away'}`,
      '    Type: AWS::RDS::DBInstance',
      '    Properties:',
      '      StorageType: gp3',
      isSet(evidence) && `      Iops: ${evidence.targetIops}`,
    ),
  cli: ({ subject, evidence }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    const iops = isSet(evidence) ? ` --iops ${evidence.targetIops}` : '';
    return lines(
      `aws rds create-db-snapshot --db-instance-identifier ${id} --db-snapshot-identifier ${shellQuote(`${nameOf(subject)}-before-gp3`)}${region}`,
      '# In a quiet hour:',
      `# aws rds modify-db-instance --db-instance-identifier ${id} --storage-type gp3${iops} --apply-immediately${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html', readOn: '2026-11' }],
});
