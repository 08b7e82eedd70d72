import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { UnusedEvidence } from '../shared/unused.ts';

export const transitGatewayAttachmentIdleProse = defineProse<UnusedEvidence>({
  title: { en: 'Transit gateway attachments carry traffic', ja: '未使用Transit Gatewayアタッチメントの削除' },
  sentence: {
    en: 'This transit gateway attachment was paid on each of {settledDays} days and {usePerDay} GB a day were sent over it; it costs {monthlyCost} a month.',
    ja: 'このTransit Gatewayアタッチメントは{settledDays}日間毎日課金されていますが、送信量は1日平均{usePerDay} GBです。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Each attachment of a transit gateway is paid by the hour, whether or not anything is sent over it. Less than {maximumUsePerDay} GB a day is nothing but probes. Landing zones attach every new network by default, and attachments stay when their network is emptied or a migration is over.',
    ja: 'Transit Gatewayのアタッチメントは、通信の有無にかかわらず時間課金されます。1日{maximumUsePerDay} GB未満は監視通信程度の量です。ランディングゾーンの標準構成で自動的に作成され、VPCが空になった後や移行が終わった後も残りがちです。',
  },
  riskOfActing: {
    en: 'Its network is cut off from the others and from your own sites. Data that only arrives over it is billed to the sender, so a network that merely receives (one-way log feeds) looks silent; a yearly job or a recovery plan may count on the way too.',
    ja: '接続先のVPCが、他のVPCや自社拠点と通信できなくなります。受信だけの通信（片方向のログ転送など）は送信側に課金されるため、ここでは通信がないように見えます。年次処理や災害対策でこの経路を使う可能性にもご注意ください。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a connection that nothing is sent over, and a route between networks that nobody watches.',
    ja: '通信のない接続に毎月{monthlySavings}を払い続けることになります。誰も見ていないネットワーク間の経路も残ります。',
  },
  desiredState: {
    en: 'Only networks that talk to each other are attached, and each attachment has an owner.',
    ja: '相互に通信が必要なネットワークだけが接続され、各アタッチメントの担当者が明確になっている状態です。',
  },
  steps: {
    en: [
      'Look up which network it attaches and who owns that; ask whether it only receives, or waits for a recovery.',
      'Write down its subnets, its route table association and its propagations.',
      'Take its association with the transit gateway route table away and wait one business cycle: traffic stops, and it can be put back within minutes.',
      'Delete the attachment, and the routes that point to it.',
    ],
    ja: [
      '接続しているVPCとその担当者を調べ、受信専用や災害対策用ではないことを確認します。',
      'サブネット、ルートテーブルの関連付け、経路の伝播設定を控えます。',
      'Transit Gatewayルートテーブルとの関連付けを外し、業務の1サイクルを待ちます（通信だけが止まり、数分で戻せます）。',
      'アタッチメントと、それを参照するルートを削除します。',
    ],
  },
  undo: {
    en: 'Associate it with the route table again; after deletion attach the same subnets anew and restore association, propagation and routes (the attachment has another id).',
    ja: 'ルートテーブルとの関連付けを元に戻します。削除後は、控えた設定で同じサブネットを接続し直します（アタッチメントIDは変わります）。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# First take its route table association away and wait; then replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_ec2_transit_gateway_vpc_attachment.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# What does it attach, and to which route table? Keep the answer.',
      `aws ec2 describe-transit-gateway-attachments --transit-gateway-attachment-ids ${shellQuote(nameOf(subject))}${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [
    {
      url: 'https://aws.amazon.com/blogs/networking-and-content-delivery/analyzing-aws-transit-gateway-data-processing-charges-with-cost-allocation-tags',
      readOn: '2026-11',
    },
    { url: 'https://docs.aws.amazon.com/vpc/latest/tgw/what-is-transit-gateway.html', readOn: '2026-11' },
  ],
});
