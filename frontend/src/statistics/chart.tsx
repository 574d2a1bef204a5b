'use client';
import { useTranslations } from 'next-intl';

interface ChartProps {
  readonly title: string;
  readonly bars: readonly {
    readonly key: number;
    /** In full, for who does not see the bar. */
    readonly name: string;
    readonly label: string;
    readonly plays: number;
  }[];
}

/** Bars on the five lines of a stave; each says what it stands for. */
export function Chart({ title, bars }: ChartProps) {
  const t = useTranslations('statistics');
  const most = Math.max(1, ...bars.map(({ plays }) => plays));
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <ol>
        {bars.map(({ key, name, label, plays }) => {
          const said = t('playsIn', { when: name, count: plays });
          return (
            <li key={key} title={said} data-most={plays === most || undefined}>
              <span className="sr-only">{said}</span>
              <i style={{ '--share': plays / most }} />
              <small className="num" aria-hidden="true">
                {label}
              </small>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
