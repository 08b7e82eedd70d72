import AppLayout from '@cloudscape-design/components/app-layout';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { I18nProvider, type I18nProviderProps } from '@cloudscape-design/components/i18n';
import englishMessages from '@cloudscape-design/components/i18n/messages/all.en';
import japaneseMessages from '@cloudscape-design/components/i18n/messages/all.ja';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { NotJudged } from './not-judged.tsx';
import { ReaderContext, readerOf, useReader } from './reader.tsx';
import { Recommendation } from './recommendation.tsx';
import { Recommendations } from './recommendations.tsx';
import { Failure, isNobody, Loading, SignedOut } from './states.tsx';
import { Summary } from './summary.tsx';
import { useAddress } from './use-address.ts';
import { LANGUAGES, type Language } from './words.ts';

const MESSAGES: Record<Language, I18nProviderProps['messages']> = { en: [englishMessages], ja: [japaneseMessages] };

const preferred: Language = navigator.language.startsWith('ja') ? 'ja' : 'en';
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches;

/** The whole page: one address, all its state in the query string. */
export function Page() {
  const [chosen, setLanguage] = useAddress('lang', preferred);
  const [appearance, setAppearance] = useAddress('mode', prefersDark ? 'dark' : 'light');
  const language = LANGUAGES.find((each) => each === chosen) ?? 'en';
  const isDark = appearance === 'dark';
  const reader = useMemo(() => readerOf(language, isDark), [language, isDark]);
  useEffect(() => {
    document.documentElement.lang = language;
    applyMode(isDark ? Mode.Dark : Mode.Light);
  }, [language, isDark]);
  return (
    <I18nProvider locale={language} messages={MESSAGES[language]}>
      <ReaderContext.Provider value={reader}>
        <Top onLanguage={setLanguage} onAppearance={setAppearance} />
        <Body />
      </ReaderContext.Provider>
    </I18nProvider>
  );
}

function Top({ onLanguage, onAppearance }: { onLanguage: (language: string) => void; onAppearance: (mode: string) => void }) {
  const { words, api, language, isDark } = useReader();
  const me = useQuery(api.me.get.queryOptions({}));
  return (
    <div id="top">
      <TopNavigation
        identity={{ href: '/', title: me.data ? `${words.product} · ${me.data.tenant.name}` : words.product }}
        utilities={[
          { type: 'button', text: words.apiDocs, href: '/docs' },
          {
            type: 'menu-dropdown',
            text: language === 'ja' ? '日本語' : 'English',
            ariaLabel: `${words.language}: ${language === 'ja' ? '日本語' : 'English'}`,
            items: [
              { id: 'en', text: 'English' },
              { id: 'ja', text: '日本語' },
            ],
            onItemClick: ({ detail }) => onLanguage(detail.id),
          },
          {
            type: 'menu-dropdown',
            text: isDark ? words.dark : words.light,
            ariaLabel: `${words.appearance}: ${isDark ? words.dark : words.light}`,
            items: [
              { id: 'light', text: words.light },
              { id: 'dark', text: words.dark },
            ],
            onItemClick: ({ detail }) => onAppearance(detail.id),
          },
        ]}
      />
    </div>
  );
}

function Body() {
  const { words, api } = useReader();
  const [selected, setSelected] = useAddress('recommendation', '');
  const me = useQuery(api.me.get.queryOptions({}));
  const freshness = useQuery(api.freshness.get.queryOptions({}));
  const isNew = freshness.data?.dataAsOf === null;
  const content = isNobody(me.error) ? (
    <SignedOut />
  ) : me.isPending || freshness.isPending ? (
    <Loading />
  ) : freshness.isError ? (
    <Failure error={freshness.error} onRetry={() => void freshness.refetch()} />
  ) : (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            isNew ? words.noFiguresNext : words.asOf(freshness.data?.dataAsOf ?? '–', freshness.data?.adviceAsOf ?? '–')
          }
        >
          {isNew ? words.noFigures : (me.data?.tenant.name ?? words.product)}
        </Header>
      }
    >
      {isNew ? null : (
        <SpaceBetween size="l">
          <Summary />
          <Recommendations selected={selected} onSelect={setSelected} />
          <NotJudged />
        </SpaceBetween>
      )}
    </ContentLayout>
  );
  return (
    <AppLayout
      headerSelector="#top"
      navigationHide
      maxContentWidth={1800}
      toolsHide
      content={content}
      splitPanelOpen={selected !== ''}
      splitPanelPreferences={{ position: 'side' }}
      splitPanelSize={620}
      onSplitPanelToggle={({ detail }) => {
        if (!detail.open) setSelected('');
      }}
      splitPanel={selected === '' ? undefined : <Recommendation id={selected} />}
    />
  );
}
