import { LocationPicker } from '../../stock/location-picker.tsx';
import { scanTexts } from '../../texts/scan.ts';
import classes from './scan.module.css';
import type { Desk } from './sheet/desk.ts';
import type { Sheet } from './sheet/sheet.ts';

const texts = scanTexts.place;

/** Where it is counted, or where things come from and go to. */
export function Places({ desk, sheet: { location, to, lines, sent } }: { desk: Desk; sheet: Sheet }) {
  const choose = (name: 'location' | 'to') => (id: string) => {
    desk.change((sheet) => ({ ...sheet, [name]: id }));
    desk.goOn();
  };
  const isCount = desk.mode === 'count';
  // A count is judged by what was on hand at its place.
  const isLocked = isCount && location !== '' && lines.length > 0;
  return (
    <div className={classes.places}>
      <LocationPicker
        label={isCount ? texts.count : texts.from}
        placeholder={texts.hint}
        allowDeselect={false}
        description={isLocked ? scanTexts.placeLocked : undefined}
        disabled={isLocked || sent !== undefined}
        value={location}
        onChange={choose('location')}
      />
      {!isCount && (
        <LocationPicker
          label={texts.to}
          placeholder={texts.hint}
          allowDeselect={false}
          disabled={sent !== undefined}
          error={to !== '' && to === location ? scanTexts.samePlace : undefined}
          value={to}
          onChange={choose('to')}
        />
      )}
    </div>
  );
}
