import { defineProse } from '../../define-prose.ts';
import type { PublicIpv4EstateEvidence } from './public-ipv4-estate.ts';

export const publicIpv4EstateProse = defineProse<PublicIpv4EstateEvidence>({
  title: { en: 'Only what the internet must reach has a public address', ja: '使用中パブリックIPv4アドレスの見直し' },
  sentence: {
    en: 'This account has {addressCount} public IPv4 addresses in use, {monthlyCost} a month; how many of them are needed only people can tell.',
    ja: 'このアカウントでは{addressCount}個のパブリックIPv4アドレスが使用中で、月額{monthlyCost}が発生しています。本当に必要な数は担当者の確認が必要です。',
  },
  background: {
    en: 'Since February 2024 every public IPv4 address is paid by the hour, also one that a machine got because its subnet hands them out. From {minimumAddressCount} addresses on it is worth asking: machines behind a load balancer, and those that people reach over Session Manager or a VPN, need none.',
    ja: '2024年2月から、サブネットの設定で自動的に割り当てられたものも含め、すべてのパブリックIPv4アドレスが時間課金されます。{minimumAddressCount}個以上ある場合は確認する価値があります。ロードバランサーの背後にあるサーバーや、Session Manager・VPN経由で接続するサーバーには不要です。',
  },
  riskOfActing: {
    en: 'Without its public address a machine needs another way out (a NAT gateway, which costs more than a few addresses) and partners that have allowed the address have to be told. An address that was handed out automatically cannot be had back.',
    ja: 'パブリックIPアドレスを外したサーバーには別の外部経路が必要です（NATゲートウェイは数個分のアドレスより高くなります）。アドレスを許可している取引先への連絡も必要です。自動割り当てのアドレスは、一度外すと同じものに戻せません。',
  },
  riskOfNotActing: {
    en: 'Up to {monthlyCost} a month, and more machines than necessary that anybody on the internet may knock at.',
    ja: '最大で月額{monthlyCost}を払い続けることになります。インターネットから到達できるサーバーも必要以上に残ります。',
  },
  desiredState: {
    en: 'Subnets of servers hand out no public addresses; load balancers and a few known machines have one.',
    ja: 'サーバー用サブネットの自動割り当てが無効で、ロードバランサーなど必要なものだけがパブリックIPアドレスを持つ状態です。',
  },
  steps: {
    en: [
      'List the addresses with what holds them (VPC IP Address Manager shows them as public IP insights).',
      'Mark what must be reached from the internet, and what partners have allowed.',
      'Switch off the automatic assignment of the subnets; nothing changes for machines that run.',
      'Move the others behind a load balancer or an endpoint, one system at a time, and take their address away.',
    ],
    ja: [
      'アドレスの一覧を用途とともに確認します（VPC IP Address ManagerのパブリックIPインサイトで確認できます）。',
      'インターネットから到達が必要なものと、取引先が許可しているものを分けます。',
      'サブネットの自動割り当てを無効にします（稼働中のサーバーには影響しません）。',
      '残りはシステムごとにロードバランサーやエンドポイント経由に切り替え、アドレスを外します。',
    ],
  },
  undo: {
    en: 'Assign an address again; unless it is an Elastic IP that was kept, it is another one.',
    ja: 'アドレスを割り当て直します。残しておいたElastic IPを除き、別のアドレスになります。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [
    { url: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html', readOn: '2026-11' },
    { url: 'https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/', readOn: '2026-11' },
  ],
});
