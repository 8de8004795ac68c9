import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import type { Schema } from '../../api/client.ts';
import { lazyPart } from '../../components/lazy-part.ts';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { LoadError, Loading } from '../../components/state.tsx';
import { todayTexts as texts } from '../../texts/today.ts';
import { Checklist } from './checklist.tsx';
import { Figures } from './figures.tsx';
import { LatestMovements } from './latest-movements.tsx';
import { LowStock } from './low-stock.tsx';
import { NeedsAttention } from './needs-attention.tsx';
import { OrderListButton } from './order-list.tsx';
import { summaryQuery } from './queries.ts';
import { QuickActions } from './quick-actions.tsx';
import { RunningImports } from './running-imports.tsx';
import classes from './today-page.module.css';
import { Valuation } from './valuation.tsx';

/** The chart is no part of what must be there first. */
const Activity = lazyPart(() => import('./movements-chart.tsx'), 'MovementsChart');

export function TodayPage() {
  const { data: summary, error, refetch } = useQuery(summaryQuery);
  return (
    <Page title={texts.title}>
      {summary ? (
        <TodayContent summary={summary} />
      ) : error ? (
        <LoadError error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function TodayContent({ summary }: { summary: Schema['Summary'] }) {
  const days = summary.movementsPerDay;
  if (summary.items === 0 && days.every(({ movements }) => movements === 0)) return <Checklist summary={summary} />;
  return (
    <div className={classes.content}>
      <QuickActions />
      <Figures summary={summary} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Section title={texts.attention.title}>
            <NeedsAttention summary={summary} />
          </Section>
          <Section title={texts.movements.title}>
            <Suspense fallback={<div className={classes.chartSpace} />}>
              <Activity days={days} />
            </Suspense>
          </Section>
          <Section title={texts.low.title} action={summary.lowItems > 0 && <OrderListButton />}>
            <LowStock total={summary.lowItems} />
          </Section>
        </div>
        <div className={classes.side}>
          <Section title={texts.latest.title}>
            <LatestMovements />
          </Section>
          <Section title={texts.worth.title}>
            <Valuation />
          </Section>
          <Section title={texts.imports.title}>
            <RunningImports />
          </Section>
        </div>
      </div>
    </div>
  );
}
