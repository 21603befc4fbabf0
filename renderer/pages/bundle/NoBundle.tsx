import { Button } from '@blueprintjs/core';
import { ArchiveIcon, BoxIcon, FolderOpenIcon } from '@blueprintjs/icons';
import { useState } from 'react';
import { ask, attempt, desktop, useEngine } from '../../engine/index.ts';

/** No bundle yet: what can be imported. */
export function NoBundle({ kit }: { readonly kit: string | null }) {
  return (
    <div className="bundle-note no-bundle">
      <h2 className="strong">No bundle is imported yet</h2>
      <p className="t2">
        An archive is kept byte for byte as it is; a folder is packed into one. Nothing is unpacked, and
        nothing of it runs here.
      </p>
      <ImportButtons kit={kit} />
    </div>
  );
}

interface ImportButtonsProps {
  readonly kit: string | null;
  /** Whether the case has a bundle already. */
  readonly others?: boolean;
}

/** What can be imported as the bundle of a case. */
export function ImportButtons({ kit, others = false }: ImportButtonsProps) {
  const brings = useEngine('kits.list', {}).value?.find(each => each.id === kit)?.bringsBundle && !others;
  const [busy, setBusy] = useState(false);
  const importFrom = (choose: () => Promise<string[] | null>) =>
    void attempt('The import failed', async () => {
      const locations = await choose();
      if (!locations) return;
      setBusy(true);
      try {
        const words = {
          title: 'Import the bundle',
          leaves: others
            ? 'Stopping leaves the case with the bundle that it has.'
            : 'Stopping leaves the case without a bundle.',
        };
        await ask('bundle.import', { locations }, { words });
      } finally {
        setBusy(false);
      }
    });
  const chosen = async (as: 'file' | 'folder') => {
    const grant = await desktop('choose.bundle', { as });
    return grant ? [grant.grant] : null;
  };
  return (
    <div className="no-bundle-actions">
      <Button
        size="small"
        intent={brings || others ? 'none' : 'primary'}
        icon={<ArchiveIcon />}
        disabled={busy}
        onClick={() => importFrom(() => chosen('file'))}
      >
        Import an archive
      </Button>
      <Button
        size="small"
        icon={<FolderOpenIcon />}
        disabled={busy}
        onClick={() => importFrom(() => chosen('folder'))}
      >
        Import a folder
      </Button>
      {brings && (
        <Button
          size="small"
          intent="primary"
          icon={<BoxIcon />}
          disabled={busy}
          onClick={() => importFrom(async () => [])}
        >
          Import the bundle that comes with Assay
        </Button>
      )}
    </div>
  );
}
