'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { usePlayer } from '../player/player-context';
import { barLevels } from './bar-levels';

const BARS = 48;
const GAP = 0.35;

/** What sounds, as columns of a stave: low tones at the left. Drawn on a canvas, with nothing in React for it. */
export function Visualiser() {
  const t = useTranslations('nowPlaying');
  const player = usePlayer();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const analyser = player.analyser();
    const element = canvas.current;
    const brush = element?.getContext('2d');
    if (!analyser || !element || !brush) return;
    analyser.fftSize = 4096;
    analyser.smoothingTimeConstant = 0.82;
    const bins = new Uint8Array(analyser.frequencyBinCount);
    let frame = 0;
    const draw = (): void => {
      const { clientWidth, clientHeight } = element;
      const density = devicePixelRatio || 1;
      const [width, height] = [Math.round(clientWidth * density), Math.round(clientHeight * density)];
      if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
      analyser.getByteFrequencyData(bins);
      brush.clearRect(0, 0, width, height);
      brush.fillStyle = getComputedStyle(element).color;
      const step = width / BARS;
      for (const [at, level] of barLevels(bins, analyser.context.sampleRate, BARS).entries()) {
        const tall = Math.max(2 * density, level * height);
        brush.fillRect(at * step, (height - tall) / 2, step * (1 - GAP), tall);
      }
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      analyser.disconnect();
    };
  }, [player]);
  return <canvas ref={canvas} className="visualiser" role="img" aria-label={t('visualiser')} />;
}
