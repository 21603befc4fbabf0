interface ProgressBarProps {
  /** 0 to 1; null where nobody knows, which shows an empty bar. */
  readonly fraction: number | null;
  readonly label: string;
}

/** How much is done. It never moves by itself. */
export function ProgressBar({ fraction, label }: ProgressBarProps) {
  const percent = fraction === null ? undefined : Math.floor(fraction * 100);
  return (
    <div
      className={`bar${fraction === null ? ' bar-unknown' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${(fraction ?? 0) * 100}%` }} />
    </div>
  );
}
