import type { PolicyStatement } from '../ports/cost-source.ts';

export const ROLE_TEMPLATES = ['cloudformation', 'terraform'] as const;
export type RoleTemplate = (typeof ROLE_TEMPLATES)[number];

/** A path of its own, so that our identity need be allowed no more than to assume what lies under it. */
const ROLE_PATH = '/cost-pillar/';
const ROLE_NAME = 'cost-pillar-reader';

export interface RoleWish {
  /** The customer's account. */
  readonly accountId: string;
  /** Our own identity: the only one that may assume the role. */
  readonly principalArn: string;
  readonly externalId: string;
  readonly statements: readonly PolicyStatement[];
}

/** What the role will be called once the customer has made it from the template. */
export function roleArnOf({ accountId, principalArn }: Pick<RoleWish, 'accountId' | 'principalArn'>): string {
  return `arn:${principalArn.split(':')[1]}:iam::${accountId}:role${ROLE_PATH}${ROLE_NAME}`;
}

/** The read-only role as code that the customer runs in their account. */
export function roleTemplate(wish: RoleWish, template: RoleTemplate): string {
  return template === 'cloudformation' ? cloudFormation(wish) : terraform(wish);
}

function trustPolicy({ principalArn, externalId }: RoleWish): object {
  return policy([
    {
      Effect: 'Allow',
      Principal: { AWS: principalArn },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    },
  ]);
}

function readPolicy({ statements }: RoleWish): object {
  return policy(
    statements.map(({ sid, actions, resources }) => ({ Sid: sid, Effect: 'Allow', Action: actions, Resource: resources })),
  );
}

function policy(Statement: readonly object[]): object {
  return { Version: '2012-10-17', Statement };
}

function cloudFormation(wish: RoleWish): string {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: ROLE_NAME,
      Path: ROLE_PATH,
      Description: 'Cost Pillar reads the bill and the advice of AWS with it, and changes nothing.',
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: trustPolicy(wish),
      Policies: [{ PolicyName: 'cost-pillar-read', PolicyDocument: readPolicy(wish) }],
    },
  };
  const document = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'A read-only role for Cost Pillar.',
    Resources: { CostPillarReader: role },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['CostPillarReader', 'Arn'] } } },
  };
  return JSON.stringify(document, null, 2);
}

function terraform(wish: RoleWish): string {
  return `resource "aws_iam_role" "cost_pillar_reader" {
  name                 = "${ROLE_NAME}"
  path                 = "${ROLE_PATH}"
  description          = "Cost Pillar reads the bill and the advice of AWS with it, and changes nothing."
  max_session_duration = 3600
  assume_role_policy   = jsonencode(${indented(trustPolicy(wish))})
}

resource "aws_iam_role_policy" "cost_pillar_read" {
  name   = "cost-pillar-read"
  role   = aws_iam_role.cost_pillar_reader.id
  policy = jsonencode(${indented(readPolicy(wish))})
}

output "role_arn" {
  value = aws_iam_role.cost_pillar_reader.arn
}`;
}

/** JSON is an expression of Terraform's language too, but for "\${", which none of our words can hold: ARNs, actions and hexadecimal. */
function indented(value: object): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}
