import { lazy, Suspense } from 'react';
import { useStore } from '../api/store.ts';
import { sessionExpired } from './expiry.ts';

const SignInDialog = lazy(() => import('./sign-in-dialog.tsx').then(({ SignInDialog }) => ({ default: SignInDialog })));

/** Asks for the dialog only when a session has ended: the first page need not wait for it. */
export const SignInAgain = () => <Suspense>{useStore(sessionExpired) && <SignInDialog />}</Suspense>;
