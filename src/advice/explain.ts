import type { Locale } from '../kernel/locale.ts';
import type { BestPractice } from './best-practice.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import type { Evidence, Subject } from './detector.ts';
import { fillMessage } from './message.ts';
import type { Prose } from './prose.ts';

/** Everything a reader is told about one recommendation, in one language. Code is null where the advice names no resource. */
export interface Explanation {
  readonly title: string;
  readonly sentence: string;
  readonly background: string;
  readonly riskOfActing: string;
  readonly riskOfNotActing: string;
  readonly desiredState: string;
  readonly steps: readonly string[];
  readonly undo: string;
  readonly terraform: string | null;
  readonly cloudFormation: string | null;
  readonly cli: string | null;
  readonly links: readonly { readonly url: string; readonly readOn: string }[];
  readonly bestPractices: readonly BestPractice[];
}

/** What can be explained: a recommendation, or a finding with its subject. */
export type Explainable = Subject & { readonly evidence: Evidence; readonly currency: string };

export function explain({ detector, prose }: CatalogueEntry, item: Explainable, locale: Locale): Explanation {
  const fill = (message: string): string => fillMessage(message, item.evidence, item.currency, locale);
  const snippet = (make: Prose['cli']): string | null =>
    make === null || item.resourceId === null ? null : make({ subject: item, evidence: item.evidence });
  return {
    title: fill(prose.title[locale]),
    sentence: fill(prose.sentence[locale]),
    background: fill(prose.background[locale]),
    riskOfActing: fill(prose.riskOfActing[locale]),
    riskOfNotActing: fill(prose.riskOfNotActing[locale]),
    desiredState: fill(prose.desiredState[locale]),
    steps: prose.steps[locale].map(fill),
    undo: fill(prose.undo[locale]),
    terraform: snippet(prose.terraform),
    cloudFormation: snippet(prose.cloudFormation),
    cli: snippet(prose.cli),
    links: prose.links,
    bestPractices: detector.bestPractices,
  };
}
