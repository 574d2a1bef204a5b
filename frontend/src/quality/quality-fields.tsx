'use client';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { knowsMobileData } from './mobile-data';
import { DEFAULT_QUALITY, isQuality, QUALITIES, QUALITY_PLACES, type QualityPlace } from './quality';
import { qualityStore } from './quality-store';

/**
 * Where a browser does not tell mobile data from other lines, one choice is for all of them; who keeps nothing is not
 * asked in which quality.
 */
export function QualityFields({ keeps = true }: { readonly keeps?: boolean }) {
  const t = useTranslations('quality');
  const choice = useSyncExternalStore(qualityStore.subscribe, qualityStore.getState, () => DEFAULT_QUALITY);
  const places = QUALITY_PLACES.filter((place) =>
    place === 'mobile' ? knowsMobileData() : place !== 'downloads' || keeps,
  );
  const labelOf = (place: QualityPlace): string =>
    t(place === 'network' && !knowsMobileData() ? 'everyLine' : place);
  return (
    <>
      {places.map((place) => (
        <label key={place} className="setting">
          <span>{labelOf(place)}</span>
          <select
            className="input input-small"
            value={choice[place]}
            onChange={({ currentTarget: { value } }) =>
              isQuality(value) && qualityStore.dispatch({ [place]: value })
            }
          >
            {QUALITIES.filter((quality) => place !== 'downloads' || quality !== 'auto').map((quality) => (
              <option key={quality} value={quality}>
                {t(`names.${quality}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <p className="hint">{t('hint')}</p>
    </>
  );
}
