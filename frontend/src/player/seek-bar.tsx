'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { trackQuery } from '../api/queries';
import { barHeights, barsThatFit, decodePeaks, wavePath } from './peaks';
import { useCurrentItem, usePlayer } from './player-context';
import { clock } from './time-text';
import { useWidth } from './use-width';

const STEP_MS = 5000;
const LONG_STEP_MS = 30_000;
const HEIGHT = 34;

/** Arrow keys move 5 seconds, with Shift 30. Everything else a native range does by itself. */
const stepOf = (event: KeyboardEvent): number => {
  const size = event.shiftKey ? LONG_STEP_MS : STEP_MS;
  if (event.key === 'ArrowRight' || event.key === 'ArrowUp') return size;
  return event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -size : 0;
};

function useWavePath(trackId: string, width: number, height: number): string {
  const { data } = useQuery(trackQuery(trackId));
  const peaks = data?.peaks ?? null;
  return useMemo(() => {
    if (peaks === null || width === 0) return '';
    return wavePath(barHeights(decodePeaks(peaks), barsThatFit(width)), height);
  }, [peaks, width, height]);
}

/**
 * The position is written to the elements directly: a tick four times a second must not render anything. Plain: without
 * the wave, whose peaks only those with an account are told.
 */
export function SeekBar({
  plain = false,
  height = HEIGHT,
}: {
  readonly plain?: boolean;
  readonly height?: number;
}) {
  const t = useTranslations('player');
  const player = usePlayer();
  const item = useCurrentItem();
  const root = useRef<HTMLDivElement>(null);
  const range = useRef<HTMLInputElement>(null);
  const elapsed = useRef<HTMLSpanElement>(null);
  const total = useRef<HTMLSpanElement>(null);
  const dragging = useRef(false);
  const [measure, width] = useWidth();
  const path = useWavePath(plain ? '' : (item?.track.id ?? ''), width, height);

  const draw = (positionMs: number) => {
    const durationMs = player.durationMs;
    const at = durationMs > 0 ? Math.min(1, positionMs / durationMs) : 0;
    root.current?.style.setProperty('--at', at.toFixed(4));
    if (elapsed.current) elapsed.current.textContent = clock(positionMs);
    if (total.current) total.current.textContent = clock(durationMs || null);
    if (!range.current) return;
    range.current.max = String(Math.max(1, Math.round(durationMs)));
    range.current.value = String(Math.round(positionMs));
    const text = t('seekText', { at: clock(positionMs), length: clock(durationMs || null) });
    range.current.setAttribute('aria-valuetext', text);
  };

  useEffect(() => {
    const show = () => {
      if (!dragging.current) draw(player.positionMs);
    };
    show();
    return player.onTick(show);
  });

  return (
    <div className="seek num" ref={root}>
      <span ref={elapsed} aria-hidden="true" />
      <div className="wave" ref={measure}>
        {path ? (
          <>
            <svg aria-hidden="true">
              <path d={path} />
              <path className="done" d={path} />
            </svg>
            <span className="head" />
          </>
        ) : (
          <span className="rail" />
        )}
        <input
          ref={range}
          type="range"
          min={0}
          step={100}
          defaultValue={0}
          disabled={!item}
          aria-label={t('seek')}
          onInput={(event) => {
            dragging.current = true;
            draw(Number(event.currentTarget.value));
          }}
          onPointerUp={(event) => {
            dragging.current = false;
            player.seek(Number(event.currentTarget.value));
          }}
          onKeyDown={(event) => {
            const step = stepOf(event);
            if (step === 0) return;
            event.preventDefault();
            player.seek(player.positionMs + step);
          }}
          onKeyUp={(event) => {
            if (!dragging.current) return;
            dragging.current = false;
            player.seek(Number(event.currentTarget.value));
          }}
        />
      </div>
      <span ref={total} aria-hidden="true" />
    </div>
  );
}
