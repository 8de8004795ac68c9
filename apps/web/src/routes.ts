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

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way
    throw redirect({ to: '/items', replace: true });
  },
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

export const router = createRouter({
  routeTree: root.addChildren([signIn, inside.addChildren([home, items, item])]),
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
