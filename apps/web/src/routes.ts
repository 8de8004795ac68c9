import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { Broken } from './parts/broken.tsx';
import { Loading } from './parts/state.tsx';
import { sessionQuery } from './session/session.ts';
import { Shell } from './shell/shell.tsx';
import { itemsSearch } from './pages/items/search.ts';
import { NotFound } from './pages/not-found.tsx';

const root = createRootRoute();

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: ({ from }: Record<string, unknown>): { from?: string } => (isOurs(from) ? { from } : {}),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Whatever wants somebody who is signed in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const user = await queryClient.ensureQueryData(sessionQuery);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way
    if (!user) throw redirect({ to: '/sign-in', search: { from: location.href } });
  },
  component: Shell,
});

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});

const items = createRoute({
  getParentRoute: () => inside,
  path: 'items',
  validateSearch: itemsSearch,
  component: lazyRouteComponent(() => import('./pages/items/items-page.tsx'), 'ItemsPage'),
});

const item = createRoute({
  getParentRoute: () => inside,
  path: 'items/$itemId',
  component: lazyRouteComponent(() => import('./pages/item/item-page.tsx'), 'ItemPage'),
});

const imports = createRoute({
  getParentRoute: () => inside,
  path: 'imports',
  validateSearch: ({ job }: Record<string, unknown>): { job?: string } => (typeof job === 'string' ? { job } : {}),
  component: lazyRouteComponent(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, inside.addChildren([overview, items, item, imports])]),
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Only a path of this site: the address of a sign-in page must not lead anybody elsewhere. */
const isOurs = (from: unknown): from is string =>
  typeof from === 'string' && new URL(from, location.origin).origin === location.origin && from.startsWith('/');
