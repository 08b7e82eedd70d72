import { AdvisorError } from '../../kernel/failure.ts';
import { StaleToken } from './failures.ts';

export interface Page<T> {
  readonly answer: T;
  /** Absent or empty on the last page. */
  readonly nextToken: string | null | undefined;
}

export type AskPage<T> = (token: string | undefined) => Promise<Page<T>>;

/** Far above any honest answer of one window (AWS fills a page with thousands of groups); a loop that never ends stops here. */
export const MAX_PAGES = 200;
/** Items on one page: the most that these services take, or enough where they take more (service models of 2026-08). Some ask money a page. */
export const ITEMS_A_PAGE = 1000;
/** So often is a window asked anew when AWS drops its page token. */
const MAX_RESTARTS = 2;

/** Follows the tokens to the empty one. An empty page with a token is not the end; a token seen before is an error. */
async function* followTokens<T>(ask: AskPage<T>, what: string): AsyncGenerator<T> {
  const seen = new Set<string>();
  let token: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await ask(token);
    yield page.answer;
    if (!page.nextToken) return;
    if (seen.has(page.nextToken)) {
      throw new AdvisorError(
        'SOURCE_ANSWER_UNREADABLE',
        `${what} gave the same page token twice`,
        'Run the sync again; the figures of the last good run are unchanged.',
      );
    }
    token = page.nextToken;
    seen.add(token);
  }
  throw new AdvisorError(
    'SOURCE_ANSWER_UNREADABLE',
    `${what} did not end after ${MAX_PAGES} pages`,
    'Run the sync again; if it stays, ask for a shorter window.',
  );
}

/**
 * Reads one whole window into a collector. When AWS drops the token, what was collected is thrown away and the window is asked anew,
 * at most twice.
 */
export async function readWindow<T, C>(
  ask: AskPage<T>,
  what: string,
  newCollector: () => C,
  add: (collector: C, answer: T) => void,
): Promise<C> {
  for (let restarts = 0; ; restarts++) {
    const collector = newCollector();
    try {
      for await (const answer of followTokens(ask, what)) add(collector, answer);
      return collector;
    } catch (error) {
      if (!(error instanceof StaleToken) || restarts === MAX_RESTARTS) throw error;
    }
  }
}
