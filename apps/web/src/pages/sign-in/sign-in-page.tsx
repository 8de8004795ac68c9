import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { OfflineBanner } from '../../shell/offline-banner.tsx';
import { shell } from '../../texts/shell.ts';
import { signInTexts as texts } from '../../texts/sign-in.ts';
import classes from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { from } = route.useSearch();
  const router = useRouter();
  useEffect(() => {
    document.title = `${texts.title} · ${shell.product}`;
  }, []);
  return (
    <>
      <OfflineBanner />
      <main className={classes.page}>
        <div className={classes.card}>
          <img src="/icon.svg" alt="" width={36} height={36} />
          <h1 className={classes.title}>{shell.product}</h1>
          <SignInForm onDone={() => router.history.push(from ?? '/')} />
        </div>
      </main>
    </>
  );
}
