import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { LoadBalancerIdleEvidence } from './load-balancer-idle.ts';

export const loadBalancerIdleProse = defineProse<LoadBalancerIdleEvidence>({
  title: { en: 'Load balancers have users', ja: '未使用ロードバランサーの削除' },
  sentence: {
    en: 'This load balancer was paid on each of {settledDays} days and used {averageLcu} capacity units an hour on average, less than {maximumAverageLcu}; it costs {monthlyCost} a month.',
    ja: 'このロードバランサーは{settledDays}日間毎日課金されていますが、平均LCUは{averageLcu}で、基準の{maximumAverageLcu}を下回ります。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A load balancer is paid by the hour, and by capacity units (connections, bytes, rules) on top. A public one is found by scanners within minutes, so nothing at all is never seen; below {maximumAverageLcu} units an hour there are no users to speak of. Old ones stay after a cut-over, because deleting them feels risky.',
    ja: 'ロードバランサーは時間料金に加え、LCU（接続数、通信量、ルール評価数など）に応じて課金されます。公開されていれば数分でスキャンの対象になるため、完全にゼロにはなりませんが、平均{maximumAverageLcu} LCU未満であれば実質的な利用はないと考えられます。切替後の旧環境が、消す判断がつかないまま残っていることがよくあります。',
  },
  riskOfActing: {
    en: 'A name in DNS may still lead here: those calls fail. The DNS name of the load balancer is lost for good; a new one has another name. A standby for a disaster looks just like this.',
    ja: 'DNSに参照が残っていると、該当のアクセスは失敗します。ロードバランサーのDNS名は再取得できず、作り直すと別の名前になります。災害対策の待機系も同じように見えるため、注意が必要です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month, its public addresses besides, and an open door that nobody watches.',
    ja: '毎月{monthlySavings}（パブリックIPアドレスの料金は別途）の支払いが続きます。管理されていない公開経路も残ります。',
  },
  desiredState: {
    en: 'Each load balancer serves users or is named as a standby; the others are gone, with their certificates and addresses.',
    ja: 'すべてのロードバランサーに利用者がいるか、待機系として明示されており、それ以外は証明書やアドレスとともに削除されている状態です。',
  },
  steps: {
    en: [
      'Look for its DNS name in Route 53 and elsewhere, and ask the owner whether it is a standby.',
      'Write down listeners, rules, certificates and target groups.',
      'Take it out of DNS, or close its security group for a week: both can be put back at once.',
      'Delete it. Target groups stay and cost nothing.',
      'Release Elastic IPs that were fixed to it.',
    ],
    ja: [
      'Route 53などでDNS名の参照を調べ、待機系でないことを担当者に確認します。',
      'リスナー、ルール、証明書、ターゲットグループの設定を控えます。',
      'DNSから外すか、セキュリティグループを1週間閉じて様子を見ます（どちらもすぐに戻せます）。',
      '削除します（ターゲットグループは残り、料金はかかりません）。',
      '固定で割り当てていたElastic IPを解放します。',
    ],
  },
  undo: {
    en: 'Before deletion: put DNS or the security group back. After it: build it again from the notes, under another DNS name.',
    ja: '削除前であれば、DNSまたはセキュリティグループを元に戻します。削除後は控えた設定から作り直しますが、DNS名は変わります。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(subject.resourceId ?? '')}`,
      '# First take it out of DNS and wait; then replace its block by this one (Terraform 1.7 or later; aws_elb for a Classic one).',
      'removed {',
      `  from = aws_lb.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) => {
    const arn = subject.resourceId ?? '';
    const region = regionFlag(subject);
    if (!/:loadbalancer\/(app|net|gwy)\//.test(arn)) {
      const name = shellQuote(nameOf(subject));
      return lines(
        `aws elb describe-load-balancers --load-balancer-names ${name}${region} > load-balancer-before.json`,
        '# After a week out of DNS; there is no way back to the same DNS name:',
        `# aws elb delete-load-balancer --load-balancer-name ${name}${region}`,
      );
    }
    return lines(
      `aws elbv2 describe-listeners --load-balancer-arn ${shellQuote(arn)}${region} > listeners-before.json`,
      `aws elbv2 describe-target-groups --load-balancer-arn ${shellQuote(arn)}${region} > target-groups-before.json`,
      '# After a week out of DNS; there is no way back to the same DNS name:',
      `# aws elbv2 delete-load-balancer --load-balancer-arn ${shellQuote(arn)}${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html', readOn: '2026-11' },
    { url: 'https://aws.amazon.com/elasticloadbalancing/pricing/', readOn: '2026-11' },
  ],
});
