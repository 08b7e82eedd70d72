import type { HearingFact } from '../../ledger/hearing.ts';
import type { Tag } from '../../ledger/resource.ts';

export const ENVIRONMENTS = ['production', 'nonProduction'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Tag keys in which people write the environment, without case and punctuation. */
const KEYS = new Set(['env', 'environment', 'stage', '環境']);
const WORDS: ReadonlyMap<string, Environment> = new Map([
  ...'production prod prd live 本番 本番環境'.split(' ').map((word) => [word, 'production'] as const),
  ...'nonproduction nonprod nonprd preproduction preprod preprd staging stage stg development develop dev test testing tst qa uat sandbox demo poc 開発 開発環境 検証 検証環境 ステージング テスト'
    .split(' ')
    .map((word) => [word, 'nonProduction'] as const),
]);

/** What a person said counts before what somebody once typed into a tag. Null where nobody said, or two tags contradict each other. */
export function usualEnvironment(hearing: HearingFact | null, tags: readonly Tag[]): Environment | null {
  if (hearing?.environment) return hearing.environment === 'production' ? 'production' : 'nonProduction';
  const said = new Set<Environment>();
  for (const { key, value } of tags) {
    const found = KEYS.has(bare(key)) ? WORDS.get(bare(value)) : undefined;
    if (found) said.add(found);
  }
  const [only = null, ...others] = said;
  return others.length === 0 ? only : null;
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
