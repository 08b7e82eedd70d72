import type { Month } from '../../kernel/calendar.ts';
import { addDays, addMonths, firstDay } from '../../kernel/calendar.ts';
import type { EstateCharge } from '../estate/types.ts';

/** What a line needs beside itself. */
export interface LineContext {
  readonly month: Month;
  readonly payerAccountId: string;
  readonly currency: string;
  readonly accountNames: ReadonlyMap<string, string>;
  readonly tags: (accountId: string, resourceId: string) => Readonly<Record<string, string>>;
}

/** A column: its name in the file, and the text of a line there. */
export type Column = readonly [name: string, text: (line: EstateCharge, context: LineContext, number: number) => string];

export function headerOf(columns: readonly Column[]): string {
  return `${columns.map(([name]) => name).join(',')}\n`;
}

export function rowOf(columns: readonly Column[], line: EstateCharge, context: LineContext, number: number): string {
  return `${columns.map(([, text]) => quoted(text(line, context, number))).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const startOf = (line: EstateCharge): string => `${line.day}T00:00:00Z`;
export const endOf = (line: EstateCharge): string => `${addDays(line.day, 1)}T00:00:00Z`;
export const periodStart = ({ month }: LineContext): string => `${firstDay(month)}T00:00:00Z`;
export const periodEnd = ({ month }: LineContext): string => `${firstDay(addMonths(month, 1))}T00:00:00Z`;

/** Product code and name as CUR has them: Cost Explorer alone splits EC2 into two services. Names of public bills, read 2026-11. */
const PRODUCTS: ReadonlyMap<string, readonly [code: string, name: string]> = new Map([
  ['Amazon Elastic Compute Cloud - Compute', ['AmazonEC2', 'Amazon Elastic Compute Cloud']],
  ['EC2 - Other', ['AmazonEC2', 'Amazon Elastic Compute Cloud']],
  ['Amazon Relational Database Service', ['AmazonRDS', 'Amazon Relational Database Service']],
  ['Amazon Elastic Load Balancing', ['AWSELB', 'Elastic Load Balancing']],
  ['Amazon Virtual Private Cloud', ['AmazonVPC', 'Amazon Virtual Private Cloud']],
  ['AWS Lambda', ['AWSLambda', 'AWS Lambda']],
  ['Amazon Elastic Container Service', ['AmazonECS', 'Amazon Elastic Container Service']],
  ['Amazon Simple Storage Service', ['AmazonS3', 'Amazon Simple Storage Service']],
  ['AmazonCloudWatch', ['AmazonCloudWatch', 'AmazonCloudWatch']],
  ['AWS Secrets Manager', ['AWSSecretsManager', 'AWS Secrets Manager']],
  ['AWS Key Management Service', ['awskms', 'AWS Key Management Service']],
  ['AWS Database Migration Service', ['AWSDatabaseMigrationSvc', 'AWS Database Migration Service']],
  ['AWS Cost Explorer', ['AWSCostExplorer', 'AWS Cost Explorer']],
  ['AWS Support (Business)', ['AWSSupportBusiness', 'AWS Support (Business)']],
  ['Savings Plans for AWS Compute usage', ['ComputeSavingsPlans', 'Savings Plans for AWS Compute usage']],
]);

/** A service that is not listed (a test's own) is written as Cost Explorer calls it. */
export function productOf({ serviceName }: EstateCharge): readonly [code: string, name: string] {
  return PRODUCTS.get(serviceName) ?? [serviceName.replaceAll(/[^A-Za-z0-9]/g, ''), serviceName];
}
