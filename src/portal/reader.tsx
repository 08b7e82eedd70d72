import { createContext, useContext } from 'react';
import { type Api, apiIn } from './api.ts';
import { type Language, WORDS, type Words } from './words.ts';

/** Who reads: their language, its words, and the API answering in it. */
export interface Reader {
  readonly language: Language;
  readonly words: Words;
  readonly api: Api;
  readonly isDark: boolean;
}

const APIS: Record<Language, Api> = { en: apiIn('en'), ja: apiIn('ja') };

export function readerOf(language: Language, isDark: boolean): Reader {
  return { language, words: WORDS[language], api: APIS[language], isDark };
}

export const ReaderContext = createContext<Reader>(readerOf('en', false));

export function useReader(): Reader {
  return useContext(ReaderContext);
}
