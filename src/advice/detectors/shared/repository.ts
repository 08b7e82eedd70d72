import type { Subject } from '../../detector.ts';
import { nameOf } from './snippets.ts';

/** "team/order" of "arn:aws:ecr:…:repository/team/order": a name may hold slashes. */
export function repositoryName(subject: Subject): string {
  const [, name] = /^arn:[^:]*:ecr:[^:]*:[^:]*:repository\/(.+)$/s.exec(subject.resourceId ?? '') ?? [];
  return name ?? nameOf(subject);
}
