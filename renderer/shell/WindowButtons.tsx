import { attempt, desktop, useStored, windowState } from '../engine/index.ts';

const SHAPES = {
  minimize: <path d="M2 6.5h8" />,
  maximize: <path d="M2 2h8v8H2z" />,
  restore: <path d="M2 4h6v6H2zM4 4V2h6v6H8" />,
  close: <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" />,
};

/** Minimize, maximize, close. */
export function WindowButtons() {
  const maximized = useStored(windowState, state => state?.maximized ?? false);
  return (
    <span className="window-buttons">
      <WindowButton name="Minimize" shape="minimize" request="window.minimize" />
      <WindowButton
        name={maximized ? 'Restore' : 'Maximize'}
        shape={maximized ? 'restore' : 'maximize'}
        request="window.toggle-maximize"
      />
      <WindowButton name="Close" shape="close" request="window.close" />
    </span>
  );
}

interface WindowButtonProps {
  readonly name: string;
  readonly shape: keyof typeof SHAPES;
  readonly request: 'window.minimize' | 'window.toggle-maximize' | 'window.close';
}

function WindowButton({ name, shape, request }: WindowButtonProps) {
  return (
    <button
      type="button"
      className={`window-button window-${shape}`}
      aria-label={name}
      onClick={() => void attempt('The window did not obey', () => desktop(request, {}))}
    >
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[shape]}
      </svg>
    </button>
  );
}
