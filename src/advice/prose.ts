import type { Localized } from '../kernel/locale.ts';
import type { Evidence, Subject } from './detector.ts';

/** What a snippet is filled with. Ids are strangers' text: use the encoders of `snippet.ts`, never plain interpolation. */
export interface SnippetContext<E extends Evidence = Evidence> {
  readonly subject: Subject;
  readonly evidence: E;
}

/**
 * How a detector is explained. Texts with `{name}` are ICU messages over the evidence (amounts arrive formatted). Title states the
 * desired state; risks name what may break; steps go reversible first. No snippet where the advice names no resource.
 */
export interface Prose<E extends Evidence = Evidence> {
  readonly title: Localized;
  /** One sentence: what we saw and what it costs. */
  readonly sentence: Localized;
  readonly background: Localized;
  readonly riskOfActing: Localized;
  readonly riskOfNotActing: Localized;
  readonly desiredState: Localized;
  readonly steps: Localized<readonly string[]>;
  readonly undo: Localized;
  readonly terraform: ((context: SnippetContext<E>) => string) | null;
  readonly cloudFormation: ((context: SnippetContext<E>) => string) | null;
  readonly cli: ((context: SnippetContext<E>) => string) | null;
  /** AWS documentation, with the day it was read. */
  readonly links: readonly { readonly url: string; readonly readOn: string }[];
}
