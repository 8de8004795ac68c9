import { SegmentedControl, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { reasonOf, valueOf, wholeNumber } from '../../components/number-field/parse-number.ts';
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
  /** Told whether what a field holds can be printed. Keeps its identity. */
  onValidity: (field: string, isValid: boolean) => void;
}

export function Settings({ settings, change, onValidity }: SettingsProps) {
  return (
    <div className={classes.form}>
      <Choice label={texts.paper} words={texts.papers} value={settings.paper} onChange={(paper) => change({ paper })} />
      {settings.paper === 'sheet' ? (
        <SheetSettings settings={settings} change={change} onValidity={onValidity} />
      ) : (
        <RollSettings settings={settings} change={change} onValidity={onValidity} />
      )}
      <WholeNumber
        onValidity={onValidity}
        label={texts.copies}
        value={settings.copies}
        max={100}
        onChange={(copies) => change({ copies })}
      />
      <Choice
        label={texts.symbol}
        words={texts.symbols}
        value={settings.symbol}
        onChange={(symbol) => change({ symbol })}
      />
    </div>
  );
}

function SheetSettings({ settings, change, onValidity }: SettingsProps) {
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
        key={settings.grid}
        onValidity={onValidity}
        label={texts.start}
        description={texts.startHint}
        value={settings.start}
        max={columns * rows}
        onChange={(start) => change({ start })}
      />
    </>
  );
}

const RollSettings = ({ settings: { roll }, change, onValidity }: SettingsProps) => (
  <div className={classes.pair}>
    <WholeNumber
      onValidity={onValidity}
      label={texts.width}
      value={roll.width}
      min={ROLL.min}
      max={ROLL.max}
      onChange={(width) => change({ roll: { ...roll, width } })}
    />
    <WholeNumber
      onValidity={onValidity}
      label={texts.height}
      value={roll.height}
      min={ROLL.min}
      max={ROLL.max}
      onChange={(height) => change({ roll: { ...roll, height } })}
    />
  </div>
);

interface WholeNumberProps extends Pick<SettingsProps, 'onValidity'> {
  label: string;
  description?: string;
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
}

/** Takes a number over when it is valid, and lets nothing be printed while it is not. */
function WholeNumber({ label, min = 1, max, onChange, onValidity, value, ...props }: WholeNumberProps) {
  const [text, setText] = useState(String(value));
  const rule = wholeNumber({ min, max });
  const reason = reasonOf(text, rule);
  const isValid = reason === undefined;
  useEffect(() => {
    onValidity(label, isValid);
    return () => onValidity(label, true);
  }, [onValidity, label, isValid]);
  return (
    <NumberField
      {...props}
      label={label}
      rule={rule}
      value={text}
      error={reason}
      onChange={(typed) => {
        setText(typed);
        const entered = valueOf(typed, rule);
        if (typeof entered === 'number') onChange(entered);
      }}
    />
  );
}

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
