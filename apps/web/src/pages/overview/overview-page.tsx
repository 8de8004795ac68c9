import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PackageOpen } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { Schema } from '../../api/client.ts';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { Empty, Failed, Loading } from '../../parts/state.tsx';
import { useMay } from '../../session/session.ts';
import { overviewTexts as texts } from '../../texts/overview.ts';
import { Figures } from './figures.tsx';
import { LowStock } from './low-stock.tsx';
import classes from './overview-page.module.css';
import { summaryQuery } from './queries.ts';
import { UnderWay } from './under-way.tsx';
import { Worths } from './worths.tsx';

/** The chart is no part of what must be there first. */
const Activity = lazy(() => import('./activity.tsx').then(({ Activity }) => ({ default: Activity })));

export function OverviewPage() {
  const { data: summary, error, refetch } = useQuery(summaryQuery);
  return (
    <Page title={texts.title}>
      {summary ? (
        <Numbers summary={summary} />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Numbers({ summary }: { summary: Schema['Summary'] }) {
  const days = summary.movementsPerDay;
  if (summary.items === 0 && days.every(({ movements }) => movements === 0)) return <Nothing />;
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
            <Worths />
          </Section>
          <Section title={texts.imports.title}>
            <UnderWay />
          </Section>
        </div>
      </div>
    </div>
  );
}

function Nothing() {
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
      <UnderWay quiet />
    </>
  );
}
