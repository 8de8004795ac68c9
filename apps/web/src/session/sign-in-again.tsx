import { Suspense } from 'react';
import { useStore } from '../api/store.ts';
import { lazyPart } from '../components/lazy-part.ts';
import { sessionExpired } from './expiry.ts';

const SignInDialog = lazyPart(() => import('./sign-in-dialog.tsx'), 'SignInDialog');

/** Asks for the dialog only when a session has ended: the first page need not wait for it. */
export const SignInAgain = () => <Suspense>{useStore(sessionExpired) && <SignInDialog />}</Suspense>;
