import { Alert } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { scanTexts } from '../../../texts/scan.ts';
import { createDetector, missingCapability } from './barcode-detector.ts';
import classes from './camera.module.css';
import { CodesInView } from './codes-in-view.ts';
import type { Detector } from './detector.ts';

const texts = scanTexts.camera;
const DETECT_INTERVAL_MS = 150;

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
    const view = new CodesInView();
    const detect = async (detector: Detector) => {
      const codes = await detector.detect(video.current!).catch(() => []);
      const entered = view.onPicture(
        codes.map(({ rawValue }) => rawValue),
        performance.now(),
      );
      for (const code of entered) latest.current.onCode(code);
      if (!hasEnded) timer = setTimeout(() => void detect(detector), DETECT_INTERVAL_MS);
    };
    const start = async () => {
      const detector = createDetector();
      // Where both fail, the camera's refusal is what is shown.
      detector.catch(() => undefined);
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (hasEnded || !video.current) return stop(stream);
      video.current.srcObject = stream;
      await video.current.play();
      await detect(await detector);
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
