import { useStore } from '../../engine/index.ts';
import { ProgressBar } from '../../parts/ProgressBar.tsx';
import type { BackgroundCheck } from './background-check.ts';

/** The line under bytes that are shown while they are being checked; it stays, so that nothing moves when the check is over. */
export function HexCheck({ check }: { readonly check: BackgroundCheck }) {
  const now = useStore(check.state);
  if (now.state !== 'running') {
    return (
      <p className="hex-check" role="status">
        {now.state === 'passed' ? 'Checked against its SHA-256' : 'The check against its SHA-256 failed'}
      </p>
    );
  }
  const words = `Being checked against its SHA-256: ${Math.floor(now.share * 100)} %`;
  return (
    <p className="hex-check">
      <span>{words}</span>
      <ProgressBar fraction={now.share} label="Being checked against its SHA-256" />
      <span className="t2 cut">Until then nothing is recorded or copied</span>
    </p>
  );
}
