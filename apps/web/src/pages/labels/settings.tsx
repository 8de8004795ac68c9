import { NumberInput, SegmentedControl, Select } from '@mantine/core';
import { type LabelSettings, ROLL, sheetLayouts } from '../../labels/paper.ts';
import { labelTexts as texts } from '../../texts/labels.ts';
import classes from './labels-page.module.css';

const grids = Object.entries(sheetLayouts).map(([value, { columns, rows, label }]) => ({
  value,
  label: texts.gridName(columns, rows, label.width, label.height),
}));

interface SettingsProps {
  settings: LabelSettings;
  change: (changes: Partial<LabelSettings>) => void;
}

export function Settings({ settings, change }: SettingsProps) {
  return (
    <div className={classes.form}>
      <Choice label={texts.paper} words={texts.papers} value={settings.paper} onChange={(paper) => change({ paper })} />
      {settings.paper === 'sheet' ? (
        <SheetSettings settings={settings} change={change} />
      ) : (
        <RollSettings settings={settings} change={change} />
      )}
      <WholeNumber label={texts.copies} value={settings.copies} max={100} onChange={(copies) => change({ copies })} />
      <Choice
        label={texts.symbol}
        words={texts.symbols}
        value={settings.symbol}
        onChange={(symbol) => change({ symbol })}
      />
    </div>
  );
}

function SheetSettings({ settings, change }: SettingsProps) {
  const { columns, rows } = sheetLayouts[settings.grid]!;
  return (
    <>
      <Select
        label={texts.grid}
        data={grids}
        value={settings.grid}
        allowDeselect={false}
        onChange={(grid) => grid && change({ grid, start: 1 })}
      />
      <WholeNumber
        label={texts.start}
        description={texts.startHint}
        value={settings.start}
        max={columns * rows}
        onChange={(start) => change({ start })}
      />
    </>
  );
}

const RollSettings = ({ settings: { roll }, change }: SettingsProps) => (
  <div className={classes.pair}>
    <WholeNumber
      label={texts.width}
      value={roll.width}
      min={ROLL.min}
      max={ROLL.max}
      onChange={(width) => change({ roll: { ...roll, width } })}
    />
    <WholeNumber
      label={texts.height}
      value={roll.height}
      min={ROLL.min}
      max={ROLL.max}
      onChange={(height) => change({ roll: { ...roll, height } })}
    />
  </div>
);

interface WholeProps {
  label: string;
  description?: string;
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
}

/** A number that is only taken over where it is one that makes sense; what is being typed stays. */
const WholeNumber = ({ min = 1, max, onChange, value, ...props }: WholeProps) => (
  <NumberInput
    {...props}
    key={`${min} ${max}`}
    defaultValue={value}
    min={min}
    max={max}
    allowDecimal={false}
    clampBehavior="blur"
    onChange={(typed) => typeof typed === 'number' && typed >= min && typed <= max && onChange(typed)}
  />
);

interface ChoiceProps<T extends string> {
  label: string;
  words: Record<T, string>;
  value: T;
  onChange: (value: T) => void;
}

const Choice = <T extends string>({ label, words, value, onChange }: ChoiceProps<T>) => (
  <div>
    <div className={classes.label}>{label}</div>
    <SegmentedControl
      fullWidth
      aria-label={label}
      data={(Object.entries(words) as [T, string][]).map(([value, label]) => ({ value, label }))}
      value={value}
      onChange={(chosen) => onChange(chosen)}
    />
  </div>
);
