const WIDTHS = [64, 46, 55, 38, 60, 50] as const;

/** The geometry of what will stand here; only the obi breathes. */
export function ShelfSkeleton({ count }: { readonly count: number }) {
  return (
    <ul className="shelf" aria-busy="true">
      {Array.from({ length: count }, (_, i) => (
        <li key={i}>
          <div className="bone bone-art mb-[10px]" />
          <div className="bone bone-line my-[5px]" style={{ width: `${WIDTHS[i % WIDTHS.length]}%` }} />
          <div className="bone bone-line my-[10px] w-1/3" />
        </li>
      ))}
    </ul>
  );
}

export function RowsSkeleton({ count, heightPx }: { readonly count: number; readonly heightPx: number }) {
  return (
    <div aria-busy="true">
      {Array.from({ length: count }, (_, i) => (
        <div key={i} className="flex items-center gap-3" style={{ height: heightPx }}>
          <div className="bone bone-art w-6" />
          <div className="bone bone-line" style={{ width: `${WIDTHS[i % WIDTHS.length]}%` }} />
          <div className="bone bone-line ml-auto w-10" />
        </div>
      ))}
    </div>
  );
}
