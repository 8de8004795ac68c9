import { LocationPicker } from '../../stock/location-picker.tsx';
import { scanTexts } from '../../texts/scan.ts';
import classes from './scan.module.css';
import type { ScanSession } from './session/scan-session.ts';
import type { ScanState } from './session/scan-state.ts';

const texts = scanTexts.place;

/** Where it is counted, or where things come from and go to. */
export function ScanLocations({
  session,
  state: { location, to, lines, pendingBody },
}: {
  session: ScanSession;
  state: ScanState;
}) {
  const choose = (name: 'location' | 'to') => (id: string) => {
    session.change((state) => ({ ...state, [name]: id }));
    session.resume();
  };
  const isCount = session.mode === 'count';
  // A count is compared with what was on hand at its location.
  const isLocked = isCount && location !== '' && lines.length > 0;
  return (
    <div className={classes.places}>
      <LocationPicker
        label={texts[session.mode]}
        placeholder={texts.hint}
        allowDeselect={false}
        description={isLocked ? scanTexts.placeLocked : undefined}
        disabled={isLocked || pendingBody !== undefined}
        value={location}
        onChange={choose('location')}
      />
      {session.mode === 'move' && (
        <LocationPicker
          label={texts.to}
          except={location}
          placeholder={texts.hint}
          allowDeselect={false}
          disabled={pendingBody !== undefined}
          error={to !== '' && to === location ? scanTexts.samePlace : undefined}
          value={to}
          onChange={choose('to')}
        />
      )}
    </div>
  );
}
