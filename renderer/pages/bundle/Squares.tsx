/** How much of a folder somebody reviewed. */
export function FolderBar({ files, reviewed }: { readonly files: number; readonly reviewed: number }) {
  const share = files === 0 ? 0 : (reviewed / files) * 100;
  const words = `${reviewed.toLocaleString('en-US')} of ${files.toLocaleString('en-US')} reviewed`;
  return (
    <span className="folder-bar" title={words}>
      <span className="unseen">{words}</span>
      <span aria-hidden="true" style={{ width: `${reviewed > 0 ? Math.max(4, share) : 0}%` }} />
    </span>
  );
}
