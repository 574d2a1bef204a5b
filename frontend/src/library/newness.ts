const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export const isNew = (addedAt: string, nowMs: number): boolean => nowMs - Date.parse(addedAt) < WEEK_MS;
