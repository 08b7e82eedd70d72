import type { Subject } from '../../detector.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from './snippets.ts';

/** Another instance type for one EC2 instance: the same lines whether it gets smaller or newer. */
export function resizeTerraform(subject: Subject, target: string): string {
  const id = nameOf(subject);
  return lines(
    `# ${commentText(id)}: only the line that changes. Terraform stops and starts the instance.`,
    `resource "aws_instance" "${terraformName(id)}" {`,
    `  instance_type = ${hclString(target)}`,
    '}',
  );
}

export function resizeCloudFormation(subject: Subject, target: string): string {
  const id = nameOf(subject);
  return lines(
    'Resources:',
    `  ${logicalId(id)}: # ${commentText(id)}: only the line that changes`,
    '    Type: AWS::EC2::Instance',
    '    Properties:',
    `      InstanceType: ${yamlString(target)}`,
  );
}

export function resizeCli(subject: Subject, target: string): string {
  const id = shellQuote(nameOf(subject));
  const region = regionFlag(subject);
  return lines(
    '# Only tries: each command answers "DryRunOperation" when it would work. Set dry_run= (empty) to act, in the agreed window.',
    'dry_run=--dry-run',
    `aws ec2 stop-instances --instance-ids ${id}${region} $dry_run`,
    `[ -n "$dry_run" ] || aws ec2 wait instance-stopped --instance-ids ${id}${region}`,
    `aws ec2 modify-instance-attribute --instance-id ${id} --instance-type Value=${shellQuote(target)}${region} $dry_run`,
    `aws ec2 start-instances --instance-ids ${id}${region} $dry_run`,
  );
}
