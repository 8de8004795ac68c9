import { type ReactNode, useEffect } from 'react';
import { OfflineBanner } from '../../shell/offline-banner.tsx';
import { shell } from '../../texts/shell.ts';
import classes from './sign-in-page.module.css';

interface SignInCardProps {
  /** Of the window. */
  title: string;
  /** Default: the title. */
  heading?: string;
  children: ReactNode;
}

/** A page for people who are not signed in. */
export function SignInCard({ title, heading = title, children }: SignInCardProps) {
  useEffect(() => {
    document.title = `${title} · ${shell.product}`;
  }, [title]);
  return (
    <>
      <OfflineBanner />
      <main className={classes.page}>
        <div className={classes.card}>
          <img src="/icon.svg" alt="" width={36} height={36} />
          <h1 className={classes.title}>{heading}</h1>
          {children}
        </div>
      </main>
    </>
  );
}
