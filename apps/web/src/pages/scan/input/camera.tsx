import { Alert } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { scanTexts } from '../../../texts/scan.ts';
import { missingCapability, createDetector } from './barcode-detector.ts';
import classes from './camera.module.css';

const texts = scanTexts.camera;
const DETECT_INTERVAL_MS = 150;
/** A code that stays in view is one. It counts again when it was out of view for so long, in milliseconds. */
const OUT_OF_VIEW_MS = 1_000;

/** Reads codes with the camera, or says plainly why it cannot. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const lack = missingCapability();
  const [refusal, setRefusal] = useState<string>();
  const message = lack ? texts.lacks[lack] : refusal && texts.refused(refusal);
  if (message)
    return (
      <Alert color="yellow" variant="light" role="status">
        {message}
      </Alert>
    );
  return <CameraView onCode={onCode} onRefused={setRefusal} />;
}

function CameraView({ onCode, onRefused }: { onCode: (code: string) => void; onRefused: (why: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onCode, onRefused });
  useEffect(() => void (latest.current = { onCode, onRefused }));
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasEnded = false;
    const seen = new Map<string, number>();
    const detector = createDetector();
    const detect = async () => {
      const codes = await detector.detect(video.current!).catch(() => []);
      const now = performance.now();
      for (const { rawValue } of codes) {
        if (now - (seen.get(rawValue) ?? -OUT_OF_VIEW_MS) >= OUT_OF_VIEW_MS) latest.current.onCode(rawValue);
        seen.set(rawValue, now);
      }
      if (!hasEnded) timer = setTimeout(() => void detect(), DETECT_INTERVAL_MS);
    };
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (hasEnded || !video.current) return stop(stream);
      video.current.srcObject = stream;
      await video.current.play();
      await detect();
    };
    start().catch((error: unknown) => !hasEnded && latest.current.onRefused(String(error)));
    return () => {
      hasEnded = true;
      clearTimeout(timer);
      stop(stream);
    };
  }, []);
  return <video ref={video} muted playsInline className={classes.video} aria-label={texts.view} />;
}

const stop = (stream: MediaStream | undefined): void => stream?.getTracks().forEach((track) => track.stop());
