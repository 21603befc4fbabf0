interface PaperProps {
  readonly html: string;
  readonly label: string;
}

/**
 * A report's page in a frame of its own: no script runs in it, nothing is loaded, and it cannot leave the frame. The page
 * itself forbids both as well.
 */
export function Paper({ html, label }: PaperProps) {
  return <iframe className="paper" title={label} sandbox="" srcDoc={html} />;
}
