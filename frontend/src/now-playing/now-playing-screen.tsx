'use client';
import { useQuery } from '@tanstack/react-query';
import { AudioLines, ChevronDown, ListMusic, MicVocal, TextAlignStart } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import * as Dialog from 'radix-ui/dialog';
import { useState, useSyncExternalStore } from 'react';
import type { TrackSummary } from '../api/client';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { useFrame } from '../frame/frame-context';
import { readPreference, writePreference } from '../frame/preference';
import { useMediaQuery } from '../library/use-media-query';
import { chooseLyrics } from '../lyrics/lyric-place';
import { lyricsQuery } from '../lyrics/lyrics-query';
import { LyricsView } from '../lyrics/lyrics-view';
import { SeekBar } from '../player/seek-bar';
import { Transport } from '../player/transport';
import { VolumeControl } from '../player/volume-control';
import { SoundButton } from '../sound/sound-button';
import { DEFAULT_SOUND, soundStore } from '../sound/sound-settings';
import { fullScreen } from './open-state';
import { Sleeve } from './sleeve';

const Visualiser = dynamic(() => import('../sound/visualiser').then((file) => file.Visualiser), {
  ssr: false,
});

const VERTICAL = 'kanade.lyrics';
const WAVE_HEIGHT = { wide: 76, narrow: 52 } as const;

/** The record with its obi on, what is sung of it, and everything to play it with. */
export function NowPlayingScreen({ track }: { readonly track: TrackSummary }) {
  const t = useTranslations();
  const { queueShown, toggleQueue } = useFrame();
  const wide = useMediaQuery('(min-width: 901px)');
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const { visualiser } = useSyncExternalStore(soundStore.subscribe, soundStore.getState, () => DEFAULT_SOUND);
  const { data } = useQuery(lyricsQuery(track.id));
  const [sings, setSings] = useState(true);
  const [upright, setUpright] = useState(() => readPreference(VERTICAL) !== 'horizontal');
  const lyrics = data ? chooseLyrics(data.items) : null;
  const isJapanese = lyrics !== null && languageOf(lyrics.sung.text) === 'ja';
  const close = () => fullScreen.dispatch(false);
  const turn = () => {
    setUpright(!upright);
    writePreference(VERTICAL, upright ? 'horizontal' : 'vertical');
  };
  const showsVisualiser = visualiser && !still && (!lyrics || !sings);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Content
          className={track.artwork ? 'np has-art on-art' : 'np'}
          style={track.artwork ? { '--art': track.artwork.color } : {}}
          aria-describedby={undefined}
        >
          <header className="np-head">
            <IconButton label={t('nowPlaying.close')} onClick={close}>
              <ChevronDown />
            </IconButton>
            <p className="ell" lang={languageOf(track.album.title)}>
              <b>{track.album.title}</b>
            </p>
            {isJapanese && wide && sings && (
              <button type="button" className="btn btn-small btn-line" aria-pressed={upright} onClick={turn}>
                <TextAlignStart className="s" />
                {t('nowPlaying.vertical')}
              </button>
            )}
          </header>
          <div className="np-middle" data-alone={(!lyrics || !sings) && !showsVisualiser ? '' : undefined}>
            <Sleeve track={track} />
            <section className="np-words" aria-label={t('nowPlaying.lyrics')}>
              {lyrics && sings && (
                <LyricsView key={track.id} lyrics={lyrics} vertical={isJapanese && wide && upright} />
              )}
              {showsVisualiser && <Visualiser />}
            </section>
          </div>
          <footer className="np-foot">
            <SeekBar height={wide ? WAVE_HEIGHT.wide : WAVE_HEIGHT.narrow} />
            <div className="np-controls">
              <SoundButton />
              <Transport />
              <div className="tools">
                <IconButton
                  label={lyrics ? t('nowPlaying.lyrics') : t('nowPlaying.noLyrics')}
                  aria-pressed={lyrics !== null && sings}
                  disabled={!lyrics}
                  onClick={() => setSings(!sings)}
                >
                  <MicVocal />
                </IconButton>
                {!still && (
                  <IconButton
                    label={t('nowPlaying.visualiser')}
                    aria-pressed={visualiser}
                    onClick={() => {
                      soundStore.dispatch({ visualiser: !visualiser });
                      if (!visualiser) setSings(false);
                    }}
                  >
                    <AudioLines />
                  </IconButton>
                )}
                <IconButton
                  label={t('top.showQueue')}
                  onClick={() => {
                    close();
                    if (!queueShown) toggleQueue();
                  }}
                >
                  <ListMusic />
                </IconButton>
                <span className="np-volume">
                  <VolumeControl />
                </span>
              </div>
            </div>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
