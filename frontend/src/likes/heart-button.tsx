'use client';
import { Heart } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { LikedKind } from '../api/client';
import { IconButton } from '../components/icon-button';
import { useLike } from './use-like';

interface HeartButtonProps {
  readonly kind: LikedKind;
  readonly id: string;
  readonly name: string;
}

/** Filled is what is liked; pressing it changes that at once. */
export function HeartButton({ kind, id, name }: HeartButtonProps) {
  const t = useTranslations('likes');
  const { liked, failed, toggle } = useLike(kind, id);
  return (
    <>
      <IconButton
        className="heart"
        label={liked ? t('unlike', { name }) : t('like', { name })}
        aria-pressed={liked}
        onClick={toggle}
      >
        <Heart className={liked ? 'fill' : ''} />
      </IconButton>
      {failed && (
        <span className="sr-only" role="alert">
          {t('failed', { name })}
        </span>
      )}
    </>
  );
}
