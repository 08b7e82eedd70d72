import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote } from '../../snippet.ts';
import type { OtherFamilyEvidence } from '../shared/other-family.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const ec2InstanceGravitonProse = defineProse<OtherFamilyEvidence>({
  title: { en: 'Programs that can run on Graviton do', ja: 'Gravitonインスタンスへの移行' },
  sentence: {
    en: 'This {instanceType} costs {monthlyCost} a month; the same size on Graviton, {targetType}, costs {savingsPercent} % less.',
    ja: 'この{instanceType}は月額{monthlyCost}です。同じサイズのGraviton（{targetType}）なら、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Graviton is an Arm processor of AWS: cheaper by the hour, and as a rule no slower. Interpreted languages (Java, Python, Node.js, PHP, Ruby) mostly run as they are; compiled programs and containers have to be built for arm64, and each agent and library has to exist for it. The bill cannot tell what runs there.',
    ja: 'GravitonはAWSのArmプロセッサーで、時間単価が低く、性能も多くの場合同等以上です。Java、Python、Node.jsなどはほぼそのまま動きますが、コンパイル済みプログラムやコンテナはarm64向けの再ビルドが必要で、エージェントやライブラリの対応も確認が要ります。請求データからは中身を判断できません。',
  },
  riskOfActing: {
    en: 'A program, driver or agent without a build for arm64 does not start at all. An x86 image cannot be started on {targetType}: a new machine is built beside the old one, which is work and runs double for a while.',
    ja: 'arm64に対応していないプログラム、ドライバー、エージェントは起動しません。x86のイメージは{targetType}では起動できないため、新しいサーバーを並行構築する必要があり、その間は二重に費用がかかります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than the same work would cost.',
    ja: '同じ処理に対して毎月{monthlySavings}を余分に払うことになります。',
  },
  desiredState: {
    en: 'New machines start on Graviton unless something speaks against it; existing ones move when they are rebuilt anyway.',
    ja: '新規構築ではGravitonが標準となり、既存サーバーは更改の機会に移行されている状態です。',
  },
  steps: {
    en: [
      'List what runs on it: packages, containers, agents for backup, monitoring and security; ask each vendor about arm64.',
      'Build an arm64 image with the same software and start it as {targetType} in a test network.',
      'Run the application tests and a load test; compare response times at the peak.',
      'Put the new machine beside the old one and hand over a part of the traffic, then all of it.',
      'Stop the old machine, keep it for one business cycle, then terminate it.',
    ],
    ja: [
      '稼働しているパッケージ、コンテナ、バックアップ・監視・セキュリティのエージェントを洗い出し、arm64対応をベンダーに確認します。',
      '同じソフトウェアのarm64イメージを作成し、テスト用ネットワークで{targetType}として起動します。',
      'アプリケーション試験と負荷試験を行い、ピーク時の応答時間を比較します。',
      '新サーバーを並行稼働させ、通信の一部から段階的に切り替えます。',
      '旧サーバーを停止し、業務の1サイクル残してから終了します。',
    ],
  },
  undo: {
    en: 'Hand the traffic back to the old machine, which is stopped and not deleted; start it first.',
    ja: '停止して残してある旧サーバーを起動し、通信を戻します。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject, evidence }) => {
    const region = regionFlag(subject);
    return lines(
      `# ${commentText(nameOf(subject))}: what is it built from? An x86 image does not start on ${commentText(evidence.targetType)}.`,
      `aws ec2 describe-instances --instance-ids ${shellQuote(nameOf(subject))} --query 'Reservations[].Instances[].[ImageId,Architecture,PlatformDetails]'${region}`,
      '# An arm64 image of the same system to build on (Amazon Linux 2023):',
      `aws ec2 describe-images --owners amazon --filters Name=architecture,Values=arm64 'Name=name,Values=al2023-ami-2023*' --query 'sort_by(Images,&CreationDate)[-1].ImageId'${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html', readOn: '2026-11' }],
});
