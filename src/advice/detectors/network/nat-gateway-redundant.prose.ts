import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { NatGatewayRedundantEvidence } from './nat-gateway-redundant.ts';

export const natGatewayRedundantProse = defineProse<NatGatewayRedundantEvidence>({
  title: { en: 'One NAT gateway is enough outside production', ja: '非本番環境のNATゲートウェイの集約' },
  sentence: {
    en: 'This account has {gatewayCount} NAT gateways in use in this region outside production; this one carried {megabytesPerDay} MB a day over {settledDays} days and costs {monthlyCost} a month.',
    ja: 'このアカウントの同一リージョンでは、非本番環境のNATゲートウェイが{gatewayCount}台使われています。このゲートウェイの通信量は{settledDays}日間の平均で1日{megabytesPerDay} MB、費用は月額{monthlyCost}です。',
  },
  background: {
    en: 'Templates put a NAT gateway into each Availability Zone, so that the failure of a zone stops nobody. In development and test one gateway for all zones is a fair risk: its traffic here costs only {trafficCostPercent} % of its hours, so what leaves for another zone is a small part of what is saved.',
    ja: 'テンプレートでは、ゾーン障害に備えてアベイラビリティーゾーンごとにNATゲートウェイを置くのが一般的です。開発・検証環境では、1台を全ゾーンで共用しても通常は許容できます。通信料は時間料金の{trafficCostPercent}%にとどまるため、ゾーンをまたぐ通信料の増加はわずかです。',
  },
  riskOfActing: {
    en: 'If the zone of the remaining gateway fails, the other zones lose their way out too. The bill does not tell in which network each gateway stands: gateways of networks that do not reach each other cannot be shared. A partner may have allowed just this address.',
    ja: '残すゲートウェイのゾーンに障害が起きると、他のゾーンも外部へ通信できなくなります。請求データからは各ゲートウェイのVPCが分からないため、相互に接続されていないVPCのものは共用できません。取引先がこのIPアドレスを許可している可能性にもご注意ください。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for the availability of an environment that is allowed to wait.',
    ja: '停止が許容される環境の可用性のために、毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Environments outside production share one gateway for each network; production keeps one in each zone.',
    ja: '非本番環境はVPCごとに1台のゲートウェイを共用し、本番環境だけがゾーンごとに配置している状態です。',
  },
  steps: {
    en: [
      'Look up the networks of both gateways; go on only where they are the same, or connected.',
      'Agree with the owner that the environment may wait when a zone fails.',
      'Point the default route of its subnets to the other gateway, and keep this one: the route can be put back in seconds.',
      'Delete the gateway and release its address after one business cycle.',
    ],
    ja: [
      '双方のゲートウェイのVPCを調べ、同一または相互接続されている場合だけ次に進みます。',
      'ゾーン障害時に環境が停止してよいことを担当者と合意します。',
      '対象サブネットのデフォルトルートをもう一方に向け、このゲートウェイは残します（数秒で戻せます）。',
      '業務の1サイクルを待ってから、ゲートウェイを削除しIPアドレスを解放します。',
    ],
  },
  undo: {
    en: 'Put the route back; after deletion create a gateway in the same subnet.',
    ja: 'ルートを元に戻します。削除後は、同じサブネットにゲートウェイを作成します。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# In which network and subnet does it stand?',
      `aws ec2 describe-nat-gateways --nat-gateway-ids ${shellQuote(nameOf(subject))} --query 'NatGateways[].[VpcId,SubnetId]'${regionFlag(subject)}`,
      '# Which route tables point to it? Each needs another way out first.',
      `aws ec2 describe-route-tables --filters ${shellQuote(`Name=route.nat-gateway-id,Values=${nameOf(subject)}`)} --query 'RouteTables[].RouteTableId'${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 delete-nat-gateway --nat-gateway-id ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [{ url: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html', readOn: '2026-11' }],
});
