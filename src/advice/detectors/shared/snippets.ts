import type { Subject } from '../../detector.ts';
import { shellQuote } from '../../snippet.ts';

/** The part of an ARN that names the resource, which is what commands take; ids without an ARN stay as they are. */
export function nameOf({ resourceId }: Subject): string {
  const id = resourceId ?? '';
  return id.startsWith('arn:') ? (id.split(/[/:]/).at(-1) ?? id) : id;
}

/** For the command line: " --region ap-northeast-1". */
export function regionFlag({ regionId }: Subject): string {
  return regionId === null ? '' : ` --region ${shellQuote(regionId)}`;
}

/** A CloudFormation logical id: letters and digits only. */
export function logicalId(text: string): string {
  const name = text.replace(/[^A-Za-z0-9]/g, '');
  return /^[A-Za-z]/.test(name) ? name : `Resource${name}`;
}

export function lines(...text: readonly (string | false)[]): string {
  return `${text.filter((line) => line !== false).join('\n')}\n`;
}

/** The AWS CLI's dry run answers "DryRunOperation" when it would have worked. */
export const DRY_RUN_NOTE = '# Only tries: answers "DryRunOperation" when it would work. Take --dry-run away to act.';

/** Terraform 1.7 and later: says "delete this" without hunting for the block by hand. */
export const FIND_BLOCK = '# Use the address that this prints: terraform state list -id=';
