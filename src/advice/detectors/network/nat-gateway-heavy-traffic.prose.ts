import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { NatGatewayHeavyTrafficEvidence } from './nat-gateway-heavy-traffic.ts';

export const natGatewayHeavyTrafficProse = defineProse<NatGatewayHeavyTrafficEvidence>({
  title: { en: 'AWS services are reached without a NAT gateway', ja: 'NATゲートウェイの大量通信の見直し' },
  sentence: {
    en: 'This NAT gateway processed {gigabytesPerDay} GB a day over {settledDays} days, which costs {trafficCost} a month; how much of it could take a free way only flow logs tell.',
    ja: 'このNATゲートウェイは{settledDays}日間の平均で1日{gigabytesPerDay} GBを処理しており、その料金は月額{trafficCost}です。無料の経路に移せる割合は、フローログで確認する必要があります。',
  },
  background: {
    en: 'A NAT gateway charges for each GB, in either direction, also for traffic to S3 and DynamoDB of the same region. Gateway endpoints carry that traffic free of charge, and interface endpoints carry that of other services for less. Above {minimumGigabytesPerDay} GB a day this is worth a look: backups, log shipping and container images are the usual causes.',
    ja: 'NATゲートウェイは双方向の通信量に応じて課金され、同じリージョンのS3やDynamoDBへの通信も対象です。これらはゲートウェイ型エンドポイントを使えば無料になり、他のAWSサービスもインターフェイス型エンドポイントのほうが安価です。1日{minimumGigabytesPerDay} GBを超える場合は確認する価値があります（バックアップ、ログ転送、コンテナイメージの取得がよくある原因です）。',
  },
  riskOfActing: {
    en: 'A gateway endpoint changes the source address that S3 sees: bucket policies that allow the address of the gateway refuse afterwards, and open connections are interrupted when the route changes.',
    ja: 'ゲートウェイ型エンドポイントに切り替えると、S3から見える送信元アドレスが変わります。NATゲートウェイのIPアドレスを許可しているバケットポリシーでは接続が拒否されます。また、経路の切り替え時に接続中の通信が一時的に切れます。',
  },
  riskOfNotActing: {
    en: 'Up to {trafficCost} a month, of which an unknown part goes to services that can be reached free of charge.',
    ja: '月額{trafficCost}のうち、無料で接続できるサービス宛ての分を払い続けている可能性があります。',
  },
  desiredState: {
    en: 'Every network has gateway endpoints for S3 and DynamoDB; what else goes through NAT gateways is known and wanted.',
    ja: 'すべてのVPCにS3とDynamoDBのゲートウェイ型エンドポイントがあり、NATゲートウェイを通る通信の内訳が把握されている状態です。',
  },
  steps: {
    en: [
      'Switch flow logs on for the interface of the gateway for one day, and sum the bytes by destination.',
      'Look up bucket policies and other rules that allow the address of the gateway, and add the endpoint to them.',
      'Create gateway endpoints for S3 and DynamoDB for one route table, outside working hours.',
      'Watch for a day, then add the other route tables.',
      'Compare the data processed in the week before and after.',
    ],
    ja: [
      'ゲートウェイのネットワークインターフェイスで1日だけフローログを有効にし、宛先ごとの通信量を集計します。',
      'ゲートウェイのIPアドレスを許可しているバケットポリシー等を調べ、エンドポイントも許可します。',
      '業務時間外に、まず1つのルートテーブルでS3とDynamoDBのゲートウェイ型エンドポイントを作成します。',
      '1日様子を見てから、他のルートテーブルにも適用します。',
      '前後1週間の処理データ量を比較します。',
    ],
  },
  undo: {
    en: 'Take the route table away from the endpoint: traffic goes through the NAT gateway again at once.',
    ja: 'エンドポイントからルートテーブルの関連付けを外すと、すぐにNATゲートウェイ経由に戻ります。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# In which network does it stand, and with which interface?',
      `aws ec2 describe-nat-gateways --nat-gateway-ids ${shellQuote(nameOf(subject))} --query 'NatGateways[].[VpcId,NatGatewayAddresses[].NetworkInterfaceId]'${regionFlag(subject)}`,
      '# Which gateway endpoints are there already?',
      `aws ec2 describe-vpc-endpoints --filters Name=vpc-endpoint-type,Values=Gateway --query 'VpcEndpoints[].[VpcId,ServiceName]'${regionFlag(subject)}`,
    ),
  links: [{ url: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html', readOn: '2026-11' }],
});
