import type { Subject } from '../../detector.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from './snippets.ts';

/** A bucket has one lifecycle configuration, and putting it replaces all rules: each snippet says so. */
const ONE_CONFIGURATION = 'A bucket has one lifecycle configuration: add the rule to the rules that are there.';

export function lifecycleTerraform(subject: Subject, id: string, rule: readonly string[]): string {
  const bucket = nameOf(subject);
  return lines(
    `# ${commentText(bucket)}. ${ONE_CONFIGURATION}`,
    `resource "aws_s3_bucket_lifecycle_configuration" "${terraformName(bucket)}" {`,
    `  bucket = ${hclString(bucket)}`,
    '  rule {',
    `    id     = "${id}"`,
    '    status = "Enabled"',
    '    filter {}',
    ...rule.map((line) => `    ${line}`),
    '  }',
    '}',
  );
}

export function lifecycleCloudFormation(subject: Subject, id: string, rule: readonly string[]): string {
  const bucket = nameOf(subject);
  return lines(
    'Resources:',
    `  ${logicalId(bucket)}: # ${ONE_CONFIGURATION}`,
    '    Type: AWS::S3::Bucket',
    '    Properties:',
    `      BucketName: ${yamlString(bucket)}`,
    '      LifecycleConfiguration:',
    '        Rules:',
    `          - Id: ${id}`,
    '            Status: Enabled',
    ...rule.map((line) => `            ${line}`),
  );
}

/** Only reads: what is set today. */
export function lifecycleRead(subject: Subject): string {
  const bucket = shellQuote(nameOf(subject));
  return `aws s3api get-bucket-lifecycle-configuration --bucket ${bucket}${regionFlag(subject)} > lifecycle.json`;
}

export function lifecyclePut(subject: Subject): readonly string[] {
  const bucket = shellQuote(nameOf(subject));
  return [
    `# ${ONE_CONFIGURATION} Then, once lifecycle.json holds all of them:`,
    `# aws s3api put-bucket-lifecycle-configuration --bucket ${bucket} --lifecycle-configuration file://lifecycle.json${regionFlag(subject)}`,
  ];
}
