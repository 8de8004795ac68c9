import { Unplug } from 'lucide-react';
import { reachable } from '../api/reachability.ts';
import { useStore } from '../api/store.ts';
import { shell } from '../texts/shell.ts';
import classes from './offline-banner.module.css';

/** Shown while the API does not respond; disappears by itself. */
export function OfflineBanner() {
  const isReachable = useStore(reachable);
  return (
    <div role="status">
      {!isReachable && (
        <div className={classes.banner}>
          <Unplug size={16} aria-hidden />
          {shell.away}
        </div>
      )}
    </div>
  );
}
