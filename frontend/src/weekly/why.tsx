'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { WeeklyItem } from '../api/client';
import { Name } from '../components/name';
import { useLike } from '../likes/use-like';
import { sharesOf } from './shares';
import { useSteering } from './use-steering';

/** What chose a track, in shares that sum to a whole, and two ways to say something of it. */
export function Why({ item }: { readonly item: WeeklyItem }) {
  const t = useTranslations('weekly.whyPanel');
  const format = useFormatter();
  const like = useLike('track', item.track.id);
  const [artist] = item.track.artists;
  const shares = sharesOf(item.reason.tracks);
  return (
    <div className="week-more">
      {shares.length > 0 ? (
        <dl className="week-shares">
          {shares.map(({ id, title, share }) => (
            <div key={id} style={{ '--share': share }}>
              <dt>{title === null ? t('others') : <Name>{title}</Name>}</dt>
              <dd>
                <span className="week-share" aria-hidden="true">
                  <i />
                </span>
                <span className="num">{format.number(share, { style: 'percent' })}</span>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="week-why">{t('none')}</p>
      )}
      <p className="week-answers">
        <button
          type="button"
          className="btn btn-line btn-small"
          aria-pressed={like.liked}
          onClick={like.toggle}
        >
          {t('more')}
        </button>
        {artist && <NotThisArtist id={artist.id} name={artist.name} />}
      </p>
    </div>
  );
}

function NotThisArtist({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTranslations('weekly.whyPanel');
  const { blocked, block, undo } = useSteering('artist', id);
  return (
    <button
      type="button"
      className="btn btn-quiet btn-small"
      aria-pressed={blocked}
      onClick={blocked ? undo : block}
    >
      {blocked ? t('artistAgain', { name }) : t('notArtist')}
    </button>
  );
}
