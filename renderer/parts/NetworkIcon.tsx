/** A struck globe: nothing goes out. Whole where something can. */
export function NetworkIcon({ open = false }: { readonly open?: boolean }) {
  return (
    <svg className="network-icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="5.75" />
      <path d="M2.5 8h11M8 2.25c-3 3.6-3 7.9 0 11.5M8 2.25c3 3.6 3 7.9 0 11.5" />
      {!open && <path d="M2 14L14 2" className="strike" />}
    </svg>
  );
}
