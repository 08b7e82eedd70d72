import type { ExemptionTerms } from '../../advice/exemption.ts';

export const EXEMPTION_FORMATS = ['csv', 'yaml', 'json'] as const;
export type ExemptionFormat = (typeof EXEMPTION_FORMATS)[number];

/** Exemptions as people keep them: a row each, in a table or in a list. */
export interface ExemptionFiles {
  /** As they stand in the file, an empty cell is null; FILE_UNREADABLE names the file and what is wrong. The end of the name says the format. */
  read(path: string): Promise<readonly unknown[]>;
  /** INVALID_INPUT where the end of the name says none. */
  formatOf(path: string): ExemptionFormat;
  /** As a list holds them. */
  rows(terms: readonly ExemptionTerms[]): readonly Readonly<Record<string, string | null>>[];
  /** What `read` gives back the same. */
  text(terms: readonly ExemptionTerms[], format: ExemptionFormat): string;
}
