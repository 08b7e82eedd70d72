import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { money, monthName, shortMoney } from './money.ts';
import { useReader } from './reader.tsx';
import { type Spend, seriesOf } from './spend-series.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** Okabe and Ito's palette (2008), told apart by people who are colour-blind; grey for the rest. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8c6bb1', '#8c8c94'];

/** Named, so that the chart measures its texts as the browser draws them. */
const FONT = "'Open Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', Meiryo, sans-serif";

export default function SpendChart({ spend }: { spend: Spend }) {
  const { words, language, isDark } = useReader();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, null, { renderer: 'svg' });
    chart.setOption(optionOf(spend, words, language, isDark));
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [spend, words, language, isDark]);
  return <div ref={place} className="spend-chart" role="img" aria-label={words.chartDescription(spend.months.length)} />;
}

function optionOf(
  spend: Spend,
  words: ReturnType<typeof useReader>['words'],
  language: ReturnType<typeof useReader>['language'],
  isDark: boolean,
) {
  const { months, services } = seriesOf(spend, words.other);
  const currency = spend.currency ?? 'USD';
  const ink = isDark ? '#d1d5db' : '#414d5c';
  return {
    animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    color: COLOURS,
    textStyle: { fontFamily: FONT, color: ink },
    grid: { left: 8, right: 8, top: 16, bottom: 96, containLabel: true },
    legend: { bottom: 0, left: 8, right: 8, itemGap: 14, textStyle: { color: ink, fontFamily: FONT }, icon: 'roundRect' },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      backgroundColor: isDark ? '#1b232d' : '#ffffff',
      textStyle: { color: ink },
      order: 'seriesDesc',
      valueFormatter: (value: unknown) => money(String(value), currency, language),
    },
    xAxis: {
      type: 'category',
      data: months.map(
        (month) => `${monthName(month.month, language)}${month.state === 'openMonth' ? `\n${words.provisional}` : ''}`,
      ),
      axisLabel: { color: ink, hideOverlap: true, lineHeight: 16 },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: ink, formatter: (value: number) => shortMoney(value, currency, language) },
      splitLine: { lineStyle: { opacity: 0.25 } },
    },
    series: services.map((service) => ({
      name: service.name,
      type: 'bar',
      stack: 'spend',
      barMaxWidth: 56,
      data: service.costs.map((cost, i) => ({
        value: Number(cost),
        itemStyle: months[i]?.state === 'openMonth' ? { opacity: 0.55 } : {},
      })),
    })),
  };
}
