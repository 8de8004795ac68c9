import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { movementsSearch } from './pages/movements/list/search.ts';
import { draftSearch } from './pages/movements/new/search.ts';
import { locationsSearch } from './pages/locations/search.ts';
import { reservationsSearch } from './pages/reservations/search.ts';
import { scanSearch } from './pages/scan/search.ts';
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

const movements = createRoute({
  getParentRoute: () => inside,
  path: 'movements',
  validateSearch: movementsSearch,
  component: lazyRouteComponent(() => import('./pages/movements/list/movements-page.tsx'), 'MovementsPage'),
});

const newMovement = createRoute({
  getParentRoute: () => inside,
  path: 'movements/new',
  validateSearch: draftSearch,
  component: lazyRouteComponent(() => import('./pages/movements/new/new-movement-page.tsx'), 'NewMovementPage'),
});

const movement = createRoute({
  getParentRoute: () => inside,
  path: 'movements/$movementId',
  component: lazyRouteComponent(() => import('./pages/movements/one/movement-page.tsx'), 'MovementPage'),
});

const reservations = createRoute({
  getParentRoute: () => inside,
  path: 'reservations',
  validateSearch: reservationsSearch,
  component: lazyRouteComponent(() => import('./pages/reservations/reservations-page.tsx'), 'ReservationsPage'),
});

const locations = createRoute({
  getParentRoute: () => inside,
  path: 'locations',
  validateSearch: locationsSearch,
  component: lazyRouteComponent(() => import('./pages/locations/locations-page.tsx'), 'LocationsPage'),
});

const place = createRoute({
  getParentRoute: () => inside,
  path: 'locations/$locationId',
  component: lazyRouteComponent(() => import('./pages/locations/location-page.tsx'), 'LocationPage'),
});

const scan = createRoute({
  getParentRoute: () => inside,
  path: 'scan',
  validateSearch: scanSearch,
  component: lazyRouteComponent(() => import('./pages/scan/scan-page.tsx'), 'ScanPage'),
});

const people = createRoute({
  getParentRoute: () => inside,
  path: 'people',
  component: lazyRouteComponent(() => import('./pages/people/people-page.tsx'), 'PeoplePage'),
});

const labels = createRoute({
  getParentRoute: () => inside,
  path: 'labels',
  validateSearch: ({ items }: Record<string, unknown>): { items?: string } =>
    typeof items === 'string' ? { items } : {},
  component: lazyRouteComponent(() => import('./pages/labels/labels-page.tsx'), 'LabelsPage'),
});

export const router = createRouter({
  // prettier-ignore
  routeTree: root.addChildren([
    signIn,
    inside.addChildren([
      overview,
      items, item,
      scan,
      movements, newMovement, movement,
      reservations,
      locations, place,
      labels,
      imports,
      people,
    ]),
  ]),
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
