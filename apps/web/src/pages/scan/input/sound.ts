import { Store } from '../../../api/store.ts';

const KEY = 'stockroom.scan.sound';

/** Whether scans are heard. Nothing is said by sound alone. */
export const sound = new Store(localStorage.getItem(KEY) === 'on');
sound.subscribe(() => localStorage.setItem(KEY, sound.get() ? 'on' : 'off'));

const TONES = { good: { hertz: 880, seconds: 0.06 }, bad: { hertz: 220, seconds: 0.25 } };
let context: AudioContext | undefined;

export function play(tone: keyof typeof TONES): void {
  if (!sound.get()) return;
  context ??= new AudioContext();
  const { hertz, seconds } = TONES[tone];
  const oscillator = new OscillatorNode(context, { frequency: hertz });
  oscillator.connect(new GainNode(context, { gain: 0.1 })).connect(context.destination);
  oscillator.start();
  oscillator.stop(context.currentTime + seconds);
}
