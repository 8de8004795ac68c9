import {
  ArrowRightLeft,
  Boxes,
  FileUp,
  History,
  LayoutDashboard,
  type LucideIcon,
  MapPin,
  ScanLine,
  Tag,
  Timer,
  Users,
  Webhook,
} from 'lucide-react';
import type { Role } from '../session/session.ts';
import { shell } from '../texts/shell.ts';

export interface Destination {
  to: string;
  text: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** Who sees it. */
  role: Role;
}

/** The pages, in the order of the side navigation. */
export const destinations: readonly Destination[] = [
  { to: '/', text: shell.pages.today, icon: LayoutDashboard, key: 't', role: 'viewer' },
  { to: '/items', text: shell.pages.items, icon: Boxes, key: 'i', role: 'viewer' },
  { to: '/scan', text: shell.pages.scan, icon: ScanLine, key: 's', role: 'operator' },
  { to: '/movements', text: shell.pages.movements, icon: ArrowRightLeft, key: 'm', role: 'viewer' },
  { to: '/reservations', text: shell.pages.reservations, icon: Timer, key: 'r', role: 'viewer' },
  { to: '/locations', text: shell.pages.locations, icon: MapPin, key: 'l', role: 'viewer' },
  { to: '/labels', text: shell.pages.labels, icon: Tag, key: 'b', role: 'viewer' },
  { to: '/imports', text: shell.pages.imports, icon: FileUp, key: 'u', role: 'viewer' },
  { to: '/people', text: shell.pages.people, icon: Users, key: 'p', role: 'admin' },
  { to: '/webhooks', text: shell.pages.webhooks, icon: Webhook, key: 'w', role: 'admin' },
  { to: '/audit', text: shell.pages.audit, icon: History, key: 'a', role: 'admin' },
];
