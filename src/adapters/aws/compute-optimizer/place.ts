import { oneLine } from '../../../kernel/text.ts';

const ARN = /^arn:aws[\w-]*:[\w-]+:([\w-]*):(\d{12}):(.+)$/s;

/** Account, region and the id as the bill writes it: "i-…" and "vol-…" bare, a function without its version, the rest by ARN. */
export function placeOf(arn: string): { accountId: string; regionId: string; resourceId: string } {
  const [, regionId, accountId, name] = ARN.exec(arn) ?? [];
  if (!regionId || !accountId || !name) throw new Error('the ARN cannot be read');
  const bare = /^(?:instance|volume)\/((?:i|vol)-[0-9a-f]+)$/.exec(name)?.[1];
  const lambda = /^function:[^:]+/.exec(name)?.[0];
  const resourceId = bare ?? (lambda ? arn.slice(0, arn.length - name.length) + lambda : arn);
  return { accountId, regionId, resourceId: oneLine(resourceId, 2048) };
}
