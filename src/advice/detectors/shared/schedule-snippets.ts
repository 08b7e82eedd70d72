import type { Subject } from '../../detector.ts';
import { commentText, hclString, terraformName, yamlString } from '../../snippet.ts';
import { lines, logicalId, nameOf } from './snippets.ts';

/** EventBridge Scheduler calls the API of the service itself: "service:action", and its input. */
interface Calls {
  readonly stop: string;
  readonly start: string;
  readonly input: Readonly<Record<string, string>>;
}

/** Both schedules are made switched off, and their times are the reader's to give: a wrong one stops somebody at work. */
export function scheduleTerraform(
  subject: Subject,
  { timeZone }: { readonly timeZone: string },
  { stop, start, input }: Calls,
): string {
  const id = nameOf(subject);
  const block = (what: 'stop' | 'start', call: string): string[] => [
    `resource "aws_scheduler_schedule" "${terraformName(`${id}_${what}`)}" {`,
    '  state                        = "DISABLED"',
    `  schedule_expression          = var.${what}_at # "cron(0 19 ? * MON-FRI *)"`,
    `  schedule_expression_timezone = ${hclString(timeZone)}`,
    '  flexible_time_window {',
    '    mode = "OFF"',
    '  }',
    '  target {',
    `    arn      = "arn:aws:scheduler:::aws-sdk:${call}"`,
    '    role_arn = var.scheduler_role_arn',
    `    input    = jsonencode({ ${Object.entries(input)
      .map(([key, value]) => `${key} = ${hclString(value)}`)
      .join(', ')} })`,
    '  }',
    '}',
  ];
  return lines(`# ${commentText(id)}: enable both after a night by hand.`, ...block('stop', stop), ...block('start', start));
}

export function scheduleCloudFormation(
  subject: Subject,
  { timeZone }: { readonly timeZone: string },
  { stop, start, input }: Calls,
): string {
  const id = nameOf(subject);
  const block = (what: 'Stop' | 'Start', call: string): string[] => [
    `  ${logicalId(`${id}${what}`)}:`,
    '    Type: AWS::Scheduler::Schedule',
    '    Properties:',
    '      State: DISABLED',
    `      ScheduleExpression: !Ref ${what}At`,
    `      ScheduleExpressionTimezone: ${yamlString(timeZone)}`,
    '      FlexibleTimeWindow:',
    '        Mode: "OFF"',
    '      Target:',
    `        Arn: arn:aws:scheduler:::aws-sdk:${call}`,
    '        RoleArn: !Ref SchedulerRoleArn',
    `        Input: ${yamlString(JSON.stringify(input))}`,
  ];
  return lines(
    `# ${commentText(id)}: enable both after a night by hand.`,
    'Resources:',
    ...block('Stop', stop),
    ...block('Start', start),
  );
}
