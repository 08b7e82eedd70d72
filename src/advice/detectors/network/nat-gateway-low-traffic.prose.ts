import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { NatGatewayLowTrafficEvidence } from './nat-gateway-low-traffic.ts';

export const natGatewayLowTrafficProse = defineProse<NatGatewayLowTrafficEvidence>({
  title: { en: 'Little traffic shares a NAT gateway', ja: '低トラフィックNATゲートウェイの集約' },
  sentence: {
    en: 'This NAT gateway carried {megabytesPerDay} MB a day over {settledDays} days; its traffic costs {trafficCostPercent} % of what its hours cost, {monthlyCost} a month together.',
    ja: 'このNATゲートウェイの通信量は{settledDays}日間の平均で1日{megabytesPerDay} MBです。通信料は時間料金の{trafficCostPercent}%にすぎず、合わせて月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A NAT gateway is paid by the hour and by the GB. Where the traffic costs less than {maximumTrafficCostPercent} % of the hours, nearly all of the money is for being there: such a gateway serves a few updates and licence checks, which a gateway shared with other networks carries as well.',
    ja: 'NATゲートウェイは時間料金と通信量に応じた料金がかかります。通信料が時間料金の{maximumTrafficCostPercent}%に満たない場合、費用のほぼすべてが設置料です。更新プログラムの取得やライセンス認証程度の通信であれば、他のネットワークと共用のゲートウェイで十分にまかなえます。',
  },
  riskOfActing: {
    en: 'The traffic is real: servers that lose their way out fail at updates, licence checks or calls to partners. A partner may have allowed just this address. Another zone or a transit gateway on the way adds a charge for each GB and one more thing that may fail.',
    ja: '実際に通信があるため、経路を失うと更新、ライセンス認証、外部連携が失敗します。取引先がこのIPアドレスだけを許可している可能性もあります。別のアベイラビリティーゾーンやTransit Gatewayを経由すると、通信量に応じた料金が加わり、障害の影響範囲も広がります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a gateway that could be shared.',
    ja: '共用できるゲートウェイに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Networks with little traffic leave through a shared gateway, and reach AWS services through endpoints.',
    ja: '通信の少ないネットワークは共用のゲートウェイから外部に出て、AWSサービスにはエンドポイント経由で接続している状態です。',
  },
  steps: {
    en: [
      'Find out with flow logs what goes out here; what goes to AWS services may need an endpoint only.',
      'Choose the gateway that shall carry it: of another zone of the same network, or of the central network.',
      'Let partners allow the address of that gateway.',
      'Change the default route outside working hours and keep this gateway: the route can be put back in seconds.',
      'Delete the gateway and release its address after one business cycle.',
    ],
    ja: [
      'フローログで通信先を確認します。AWSサービス宛てだけであれば、エンドポイントで足りることがあります。',
      '通信を引き受けるゲートウェイ（同じVPCの別ゾーン、または共通ネットワーク）を決めます。',
      '取引先に、そのゲートウェイのIPアドレスの許可を依頼します。',
      '業務時間外にデフォルトルートを切り替え、元のゲートウェイは残します（数秒で戻せます）。',
      '業務の1サイクルを待ってから、ゲートウェイを削除しIPアドレスを解放します。',
    ],
  },
  undo: {
    en: 'Put the route back; after deletion create a gateway in the same subnet, with the same Elastic IP if it was kept.',
    ja: 'ルートを元に戻します。削除後は同じサブネットにゲートウェイを作成し、Elastic IPを残していれば同じアドレスを割り当てます。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# Which route tables point to it? Each needs another way out first.',
      `aws ec2 describe-route-tables --filters ${shellQuote(`Name=route.nat-gateway-id,Values=${nameOf(subject)}`)} --query 'RouteTables[].RouteTableId'${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 delete-nat-gateway --nat-gateway-id ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [
    { url: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html', readOn: '2026-11' },
    {
      url: 'https://docs.aws.amazon.com/whitepapers/latest/aws-vpc-connectivity-options/aws-transit-gateway.html',
      readOn: '2026-11',
    },
  ],
});
