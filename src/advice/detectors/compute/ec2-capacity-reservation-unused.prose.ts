import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { Ec2CapacityReservationUnusedEvidence } from './ec2-capacity-reservation-unused.ts';

export const ec2CapacityReservationUnusedProse = defineProse<Ec2CapacityReservationUnusedEvidence>({
  title: { en: 'Reserved capacity has instances in it', ja: '未使用キャパシティ予約の縮小' },
  sentence: {
    en: 'Of this capacity reservation, {unusedInstances} places for {instanceType} stood empty on all of {settledDays} days; what is empty costs {monthlyCost} a month.',
    ja: 'このキャパシティ予約では、{instanceType}の{unusedInstances}台分が{settledDays}日間ずっと空いています。空き枠に月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A capacity reservation is charged like running instances, whether any run in it or not. Made for a cut-over, a campaign or a scarce type, it stays until somebody cancels it. An instance takes a place only when type, platform and Availability Zone match exactly.',
    ja: 'キャパシティ予約は、インスタンスの有無にかかわらず、起動中のインスタンスと同じ料金がかかります。移行の切替、キャンペーン、在庫の少ないタイプのために作られ、解除するまで残ります。タイプ、プラットフォーム、アベイラビリティーゾーンが一致したときだけ使われます。',
  },
  riskOfActing: {
    en: 'Given back, the places are open to everyone: at the next peak or in a disaster AWS may have no {instanceType} left in this zone. Stopped instances that are bound to a cancelled reservation do not start until that is changed.',
    ja: '解放した枠は他の利用者も使えるため、次のピークや災害時に、このゾーンで{instanceType}を確保できない可能性があります。解除した予約に紐づく停止中のインスタンスは、設定を変更するまで起動できません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for places in which nothing runs.',
    ja: '何も動いていない枠に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Each capacity reservation has an owner, a reason and an end date, and is as large as what runs in it.',
    ja: 'すべてのキャパシティ予約に担当者、目的、終了日があり、実際に使う台数に合っている状態です。',
  },
  steps: {
    en: [
      'Ask its owner what it was reserved for, and whether that day is still to come.',
      'Check whether instances should run in it but miss it by zone, type or platform; if so, mend that instead.',
      'Lower the number of places to what is in use. Running instances are not touched.',
      'If none is left: cancel the reservation. For the next event create one with an end date.',
    ],
    ja: [
      '予約の目的と、その予定がまだ残っているかを担当者に確認します。',
      '本来使うはずのインスタンスが、ゾーン、タイプ、プラットフォームの不一致で使えていないかを確認します（その場合は設定を直します）。',
      '予約台数を実際の利用台数まで減らします（起動中のインスタンスに影響はありません）。',
      '1台も使わない場合は予約を解除します。次に必要なときは終了日を付けて作成します。',
    ],
  },
  undo: {
    en: 'Raise the number again or create the reservation anew, as long as AWS has capacity of this type in the zone.',
    ja: '台数を増やすか、予約を作り直します（そのゾーンに在庫がある場合に限ります）。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes: ${evidence.unusedInstances} fewer than now. If none is left, remove the block.`,
      `resource "aws_ec2_capacity_reservation" "${terraformName(nameOf(subject))}" {`,
      '  instance_count = var.instances_in_use',
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change; ${evidence.unusedInstances} fewer than now`,
      '    Type: AWS::EC2::CapacityReservation',
      '    Properties:',
      '      InstanceCount: !Ref InstancesInUse',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# How many places are there, how many are free, and when does it end?',
      `aws ec2 describe-capacity-reservations --capacity-reservation-ids ${id}${region}`,
      DRY_RUN_NOTE,
      `# aws ec2 modify-capacity-reservation --capacity-reservation-id ${id} --instance-count "$instances_in_use"${region} --dry-run`,
      '# If none is in use:',
      `# aws ec2 cancel-capacity-reservation --capacity-reservation-id ${id}${region} --dry-run`,
    );
  },
  links: [
    {
      url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-pricing-billing.html',
      readOn: '2026-11',
    },
  ],
});
