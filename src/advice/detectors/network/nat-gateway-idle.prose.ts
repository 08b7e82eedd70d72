import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { NatGatewayIdleEvidence } from './nat-gateway-idle.ts';

export const natGatewayIdleProse = defineProse<NatGatewayIdleEvidence>({
  title: { en: 'NAT gateways carry traffic', ja: '未使用NATゲートウェイの削除' },
  sentence: {
    en: 'This NAT gateway was paid on each of {settledDays} days and carried {megabytesPerDay} MB a day; it costs {monthlyCost} a month.',
    ja: 'このNATゲートウェイは{settledDays}日間毎日課金されていますが、通信量は1日平均{megabytesPerDay} MBです。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A NAT gateway is paid by the hour, used or not. Less than {maximumMegabytesPerDay} MB a day is what health checks and probes leave; software updates of a single server are more. Such gateways stay behind when subnets are emptied or a migration network is no longer used.',
    ja: 'NATゲートウェイは利用の有無にかかわらず時間単位で課金されます。1日{maximumMegabytesPerDay} MB未満は死活監視程度の量で、サーバー1台の更新でもこれを超えます。サブネットのサーバーがなくなった後や、移行用ネットワークの役目が終わった後に残りがちです。',
  },
  riskOfActing: {
    en: 'Servers whose route still points here lose their way out: licence checks, certificate renewals or a quarterly job may need it. Its public address is given up, and a partner may have allowed just that one.',
    ja: 'ルートがこのゲートウェイを向いているサーバーは外部へ通信できなくなります。ライセンス認証、証明書更新、四半期ごとの処理などが影響を受ける可能性があります。パブリックIPアドレスを手放すと、取引先で許可済みのアドレスが変わることにも注意が必要です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a gateway that nothing goes through, and one more open way out of the network.',
    ja: '通信のないゲートウェイに毎月{monthlySavings}を払い続けることになります。不要な外部への経路も残ります。',
  },
  desiredState: {
    en: 'Each NAT gateway carries traffic that needs it; AWS services are reached through gateway endpoints.',
    ja: '必要な通信のあるNATゲートウェイだけが残り、S3やDynamoDBへの通信にはゲートウェイ型エンドポイントを使っている状態です。',
  },
  steps: {
    en: [
      'Find the route tables that point to it, and ask the owners of those subnets; ask whether it is part of a recovery plan.',
      'Take the route away and leave the gateway: it can be put back in seconds.',
      'Wait one business cycle and watch for failing connections.',
      'Delete the gateway.',
      'Release its Elastic IP, which is paid on as idle otherwise, unless a partner has allowed it.',
    ],
    ja: [
      'このゲートウェイを参照するルートテーブルを調べ、該当サブネットの担当者に、災害対策用でないことも含めて確認します。',
      '先にルートだけを外し、ゲートウェイは残します（すぐに戻せます）。',
      '業務の1サイクルを待ち、通信エラーがないことを確認します。',
      'ゲートウェイを削除します。',
      '取引先で許可されていなければ、Elastic IPを解放します（残すと未使用アドレスとして課金されます）。',
    ],
  },
  undo: {
    en: 'Put the route back; after deletion create a gateway in the same subnet, with the same Elastic IP if it was kept.',
    ja: 'ルートを元に戻します。削除後は同じサブネットにゲートウェイを作成し、Elastic IPを残していれば同じアドレスを割り当てます。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# First take its routes away and wait; then replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_nat_gateway.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# Who still points to it?',
      `aws ec2 describe-route-tables --filters ${shellQuote(`Name=route.nat-gateway-id,Values=${nameOf(subject)}`)} --query 'RouteTables[].RouteTableId'${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 delete-nat-gateway --nat-gateway-id ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [
    { url: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' },
  ],
});
