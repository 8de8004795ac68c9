import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { shell } from '../../texts/shell.ts';
import { signInTexts as texts } from '../../texts/sign-in.ts';
import { SignInCard } from './sign-in-card.tsx';
import classes from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { from } = route.useSearch();
  const router = useRouter();
  return (
    <SignInCard title={texts.title} heading={shell.product}>
      <SignInForm onDone={() => router.history.push(from ?? '/')} />
      <Link to="/forgot-password" className={classes.link}>
        {texts.forgotten.link}
      </Link>
    </SignInCard>
  );
}
