import type { Subject } from '../../detector.ts';
import { nameOf } from './snippets.ts';

/** "/aws/lambda/order" of "arn:aws:logs:…:log-group:/aws/lambda/order" (with or without ":*" behind it): a name may hold slashes. */
export function logGroupName(subject: Subject): string {
  const [, name] = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(subject.resourceId ?? '') ?? [];
  return name ?? nameOf(subject);
}
