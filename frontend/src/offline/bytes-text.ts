const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Pure: a size as a person reads it; next-intl writes the number and its unit. */
export const sizeOf = (bytes: number): { readonly value: number; readonly unit: (typeof UNITS)[number] } => {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3) - 1));
  return { value: bytes / 1000 ** (step + 1), unit: UNITS[step] ?? 'kilobyte' };
};
