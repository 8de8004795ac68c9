import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PackageOpen } from 'lucide-react';
import { Suspense } from 'react';
import type { Schema } from '../../api/client.ts';
import { lazyPart } from '../../components/lazy-part.ts';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { Empty, LoadError, Loading } from '../../components/state.tsx';
import { useMay } from '../../session/session.ts';
import { overviewTexts as texts } from '../../texts/overview.ts';
import { Figures } from './figures.tsx';
import { LowStock } from './low-stock.tsx';
import classes from './overview-page.module.css';
import { summaryQuery } from './queries.ts';
import { RunningImports } from './running-imports.tsx';
import { Valuation } from './valuation.tsx';

/** The chart is no part of what must be there first. */
const Activity = lazyPart(() => import('./movements-chart.tsx'), 'MovementsChart');

export function OverviewPage() {
  const { data: summary, error, refetch } = useQuery(summaryQuery);
  return (
    <Page title={texts.title}>
      {summary ? (
        <OverviewContent summary={summary} />
      ) : error ? (
        <LoadError error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function OverviewContent({ summary }: { summary: Schema['Summary'] }) {
  const days = summary.movementsPerDay;
  if (summary.items === 0 && days.every(({ movements }) => movements === 0)) return <EmptyInventory />;
  return (
    <div className={classes.content}>
      <Figures summary={summary} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Section title={texts.movements.title}>
            <Suspense fallback={<div className={classes.chartSpace} />}>
              <Activity days={days} />
            </Suspense>
          </Section>
          <Section title={texts.low.title}>
            <LowStock total={summary.lowItems} />
          </Section>
        </div>
        <div className={classes.side}>
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

function EmptyInventory() {
  const mayEdit = useMay('operator');
  return (
    <>
      <Empty
        icon={PackageOpen}
        title={texts.empty.title}
        text={mayEdit ? texts.empty.text : texts.empty.textForViewers}
      >
        {mayEdit && (
          <>
            <Button component={Link} to="/imports">
              {texts.empty.import}
            </Button>
            <Button component={Link} to="/items" variant="default">
              {texts.empty.add}
            </Button>
          </>
        )}
      </Empty>
      <RunningImports quiet />
    </>
  );
}
