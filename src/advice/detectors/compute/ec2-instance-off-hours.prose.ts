import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { Ec2InstanceOffHoursEvidence } from './ec2-instance-off-hours.ts';

export const ec2InstanceOffHoursProse = defineProse<Ec2InstanceOffHoursEvidence>({
  title: { en: 'Machines that are not production sleep when people do', ja: '開発・検証環境の夜間・休日停止' },
  sentence: {
    en: 'This {instanceType} is not production and runs {runningHoursPerWeek} hours a week, while people need it {workingHoursPerWeek}; it costs {monthlyCost} a month.',
    ja: 'この{instanceType}は本番環境ではなく、必要な時間は週{workingHoursPerWeek}時間ですが、週{runningHoursPerWeek}時間稼働しています。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A week has 168 hours, and people work about a quarter of them. Development and test machines came from the data centre, where switching off saved nothing; here each hour is paid. Working hours and holidays are those of the calendar in your policy.',
    ja: '1週間は168時間ですが、業務時間はその4分の1程度です。停止しても費用が変わらないオンプレミスの運用が、そのまま続いていることがよくあります。AWSでは停止中のインスタンス料金はかかりません。業務時間と休日は、ポリシーのカレンダーに従っています。',
  },
  riskOfActing: {
    en: 'Nightly builds, tests and data loads do not run while it sleeps, and colleagues in other time zones find it closed. An address that is not an Elastic IP changes with each start, and data on instance store disks is lost.',
    ja: '停止中は夜間のビルド、テスト、データ取り込みが動かず、他のタイムゾーンの利用者も使えません。Elastic IP以外のパブリックIPアドレスは起動のたびに変わり、インスタンスストアのデータは失われます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for nights, weekends and holidays on which nobody works with it.',
    ja: '誰も使わない夜間・休日に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'What is not production starts before work and stops after it; who needs it longer can say so in a tag.',
    ja: '本番以外の環境は業務開始前に起動して終了後に停止し、延長が必要な場合はタグで指定できる状態です。',
  },
  steps: {
    en: [
      'Ask the team which nightly jobs run on it and in which time zones people work.',
      'Stop it by hand for one night and one weekend, and see that it comes back with everything running.',
      'Set up a schedule (Instance Scheduler on AWS, or EventBridge Scheduler) for the working hours with an hour before and after.',
      'Give the team a tag or a button to keep it on for an evening.',
    ],
    ja: [
      '夜間に動く処理の有無と、利用者のタイムゾーンをチームに確認します。',
      '一晩と週末に手動で停止し、起動後にすべて動くことを確認します。',
      '業務時間の前後1時間を含めたスケジュールを設定します（Instance Scheduler on AWS、EventBridge Schedulerなど）。',
      '残業時に延長できるよう、タグやボタンを用意します。',
    ],
  },
  undo: {
    en: 'Start the machine and switch the schedule off; the disks are as they were.',
    ja: 'インスタンスを起動し、スケジュールを無効にします（ディスクの内容は変わりません）。',
  },
  terraform: ({ subject }) => {
    const id = nameOf(subject);
    const label = terraformName(id);
    return lines(
      `# ${commentText(id)}: stops it in the evening; a second one with startInstances and cron(0 8 ? * MON-FRI *) starts it.`,
      `resource "aws_scheduler_schedule" "stop_${label}" {`,
      `  name                         = ${hclString(`stop-${id}`)}`,
      '  schedule_expression          = "cron(0 19 ? * MON-FRI *)"',
      '  schedule_expression_timezone = var.working_time_zone',
      '  flexible_time_window {',
      '    mode = "OFF"',
      '  }',
      '  target {',
      '    arn      = "arn:aws:scheduler:::aws-sdk:ec2:stopInstances"',
      '    role_arn = var.scheduler_role_arn',
      `    input    = jsonencode({ InstanceIds = [${hclString(id)}] })`,
      '  }',
      '}',
    );
  },
  cloudFormation: null,
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      DRY_RUN_NOTE,
      `aws ec2 stop-instances --instance-ids ${id}${region} --dry-run`,
      '# In the morning:',
      `aws ec2 start-instances --instance-ids ${id}${region} --dry-run`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html', readOn: '2026-11' }],
});
