'use client';
import { useEffect } from 'react';
import { usePlayer } from '../player/player-context';
import { reportExperience } from './experience-reporter';

/** Of somebody with an account alone: nobody else is asked. */
export function useExperience(userId: string | undefined): void {
  const player = usePlayer();
  useEffect(() => (userId === undefined ? undefined : reportExperience(player)), [player, userId]);
}
