import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { parseAuditSearch } from './pages/audit/search.ts';
import { parseMovementsSearch } from './pages/movements/list/search.ts';
import { parseNewMovementSearch } from './pages/movements/new/search.ts';
import { parseLocationsSearch } from './pages/locations/search.ts';
import { parseReservationsSearch } from './pages/reservations/search.ts';
import { parseScanSearch } from './pages/scan/search.ts';
import { ErrorFallback } from './components/error-fallback.tsx';
import { failedToLoad, loadScript } from './components/lazy-part.ts';
import { Loading } from './components/state.tsx';
import { sessionQuery } from './session/session.ts';
import { Shell } from './shell/shell.tsx';
import { parseItemSearch } from './pages/item/search.ts';
import { parseItemsSearch } from './pages/items/search.ts';
import { NotFound } from './pages/not-found.tsx';

/** A page's script may not come while the network is unreachable: its place says so, and it loads when the network is back. */
const page: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(() => loadScript(load).catch(failedToLoad), name);

const root = createRootRoute();

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: ({ from }: Record<string, unknown>): { from?: string } => (isLocalPath(from) ? { from } : {}),
  component: page(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: 'forgot-password',
  component: page(() => import('./pages/sign-in/forgot-password-page.tsx'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: 'reset-password',
  component: page(() => import('./pages/sign-in/reset-password-page.tsx'), 'ResetPasswordPage'),
});

/** Routes that require a session. */
const authenticated = createRoute({
  getParentRoute: () => root,
  id: 'authenticated',
  beforeLoad: async ({ location }) => {
    const user = await queryClient.ensureQueryData(sessionQuery);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way
    if (!user) throw redirect({ to: '/sign-in', search: { from: location.href } });
  },
  component: Shell,
});

const today = createRoute({
  getParentRoute: () => authenticated,
  path: '/',
  component: page(() => import('./pages/today/today-page.tsx'), 'TodayPage'),
});

const items = createRoute({
  getParentRoute: () => authenticated,
  path: 'items',
  validateSearch: parseItemsSearch,
  component: page(() => import('./pages/items/items-page.tsx'), 'ItemsPage'),
});

const item = createRoute({
  getParentRoute: () => authenticated,
  path: 'items/$itemId',
  validateSearch: parseItemSearch,
  component: page(() => import('./pages/item/item-page.tsx'), 'ItemPage'),
});

const imports = createRoute({
  getParentRoute: () => authenticated,
  path: 'imports',
  validateSearch: ({ job, step }: Record<string, unknown>): { job?: string; step?: 'check' } => ({
    ...(typeof job === 'string' && { job }),
    ...(step === 'check' && { step }),
  }),
  component: page(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage'),
});

const movements = createRoute({
  getParentRoute: () => authenticated,
  path: 'movements',
  validateSearch: parseMovementsSearch,
  component: page(() => import('./pages/movements/list/movements-page.tsx'), 'MovementsPage'),
});

const newMovement = createRoute({
  getParentRoute: () => authenticated,
  path: 'movements/new',
  validateSearch: parseNewMovementSearch,
  component: page(() => import('./pages/movements/new/new-movement-page.tsx'), 'NewMovementPage'),
});

const movement = createRoute({
  getParentRoute: () => authenticated,
  path: 'movements/$movementId',
  component: page(() => import('./pages/movements/one/movement-page.tsx'), 'MovementPage'),
});

const reservations = createRoute({
  getParentRoute: () => authenticated,
  path: 'reservations',
  validateSearch: parseReservationsSearch,
  component: page(() => import('./pages/reservations/reservations-page.tsx'), 'ReservationsPage'),
});

const locations = createRoute({
  getParentRoute: () => authenticated,
  path: 'locations',
  validateSearch: parseLocationsSearch,
  component: page(() => import('./pages/locations/locations-page.tsx'), 'LocationsPage'),
});

const locationPage = createRoute({
  getParentRoute: () => authenticated,
  path: 'locations/$locationId',
  component: page(() => import('./pages/locations/location-page.tsx'), 'LocationPage'),
});

const scan = createRoute({
  getParentRoute: () => authenticated,
  path: 'scan',
  validateSearch: parseScanSearch,
  component: page(() => import('./pages/scan/scan-page.tsx'), 'ScanPage'),
});

const people = createRoute({
  getParentRoute: () => authenticated,
  path: 'people',
  component: page(() => import('./pages/people/people-page.tsx'), 'PeoplePage'),
});

const webhooks = createRoute({
  getParentRoute: () => authenticated,
  path: 'webhooks',
  component: page(() => import('./pages/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
});

const webhook = createRoute({
  getParentRoute: () => authenticated,
  path: 'webhooks/$webhookId',
  component: page(() => import('./pages/webhooks/webhook-page.tsx'), 'WebhookPage'),
});

const audit = createRoute({
  getParentRoute: () => authenticated,
  path: 'audit',
  validateSearch: parseAuditSearch,
  component: page(() => import('./pages/audit/audit-page.tsx'), 'AuditPage'),
});

const account = createRoute({
  getParentRoute: () => authenticated,
  path: 'account',
  component: page(() => import('./pages/account/account-page.tsx'), 'AccountPage'),
});

const labels = createRoute({
  getParentRoute: () => authenticated,
  path: 'labels',
  validateSearch: ({ items }: Record<string, unknown>): { items?: string } =>
    typeof items === 'string' ? { items } : {},
  component: page(() => import('./pages/labels/labels-page.tsx'), 'LabelsPage'),
});

const unknown = createRoute({ getParentRoute: () => authenticated, path: '$', component: NotFound });

export const router = createRouter({
  // prettier-ignore
  routeTree: root.addChildren([
    signIn, forgotPassword, resetPassword,
    authenticated.addChildren([
      today,
      items, item,
      scan,
      movements, newMovement, movement,
      reservations,
      locations, locationPage,
      labels,
      imports,
      people, account,
      webhooks, webhook, audit,
      unknown,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: ErrorFallback,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Only a path of this site: the address of a sign-in page must not lead elsewhere. */
const isLocalPath = (from: unknown): from is string =>
  typeof from === 'string' && new URL(from, location.origin).origin === location.origin && from.startsWith('/');
