import { Button, Checkbox } from '@blueprintjs/core';
import { BoxIcon, CrossIcon, DocumentIcon, FolderCloseIcon, PlusIcon } from '@blueprintjs/icons';
import { type ReactElement, useState } from 'react';
import type { Grant } from '../../main/contract/grants.ts';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { useEngine, useStore } from '../engine/index.ts';
import { Inert } from '../parts/Inert.tsx';
import { chooseBundle, chosen, importChosen, unchoose } from './choice.ts';

/** Where the bundle comes from. */
export function Choose({ summary }: { readonly summary: CaseSummary }) {
  const { value: kits } = useEngine('kits.list', {}, { once: true });
  const list = useStore(chosen);
  const brings = kits?.some(kit => kit.id === summary.kit?.id && kit.bringsBundle) ?? false;
  return (
    <div className="start">
      <h2 className="verdict-sentence">Nothing imported yet</h2>
      <p className="start-lead t2">
        The bundle is the archive or folder of sources that the chain is built from. It is kept byte for byte;
        what it is imported from is only read.
      </p>
      {list.length > 0 ? <Chosen list={list} /> : <Ways brings={brings} />}
    </div>
  );
}

function Ways({ brings }: { readonly brings: boolean }) {
  return (
    <ul className="start-actions">
      {brings && (
        <Way
          icon={<BoxIcon />}
          title="The bundle of the kit"
          line="This kit brings its sources with it"
          button="Import"
          primary
          onClick={() => void importChosen(false)}
        />
      )}
      <Way
        icon={<DocumentIcon />}
        title="An archive"
        line="A tar, as it is or compressed with gzip, xz, bzip2, zstd or lzip"
        button="Choose file"
        primary={!brings}
        onClick={() => void chooseBundle('file')}
      />
      <Way
        icon={<FolderCloseIcon />}
        title="A folder"
        line="Packed the same way on every machine, so that its hash can be compared"
        button="Choose folder"
        onClick={() => void chooseBundle('folder')}
      />
    </ul>
  );
}

interface WayProps {
  readonly icon: ReactElement;
  readonly title: string;
  readonly line: string;
  readonly button: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
}

function Way({ icon, title, line, button, primary = false, onClick }: WayProps) {
  return (
    <li>
      {icon}
      <div className="grow">
        <h3>{title}</h3>
        <p className="t2">{line}</p>
      </div>
      <Button size="small" {...(primary && { intent: 'primary' as const })} onClick={onClick}>
        {button}
      </Button>
    </li>
  );
}

function Chosen({ list }: { readonly list: readonly Grant[] }) {
  const [caseCounts, setCaseCounts] = useState(false);
  return (
    <>
      <ul className="import-chosen">
        {list.map((grant, index) => (
          <li key={grant.grant}>
            <span className="t2">{index === 0 ? 'Bundle' : 'Beside it'}</span>
            <span className="grow cut">
              <Inert text={grant.label} cut />
            </span>
            <Button
              size="small"
              variant="minimal"
              icon={<CrossIcon />}
              aria-label={`Do not import ${grant.label}`}
              onClick={() => unchoose(grant)}
            />
          </li>
        ))}
      </ul>
      <Checkbox
        checked={caseCounts}
        onChange={event => setCaseCounts(event.currentTarget.checked)}
        label="Names that differ in upper and lower case alone are different files"
      />
      <div className="import-actions">
        <Button size="small" icon={<PlusIcon />} onClick={() => void chooseBundle('file')}>
          Add files beside it
        </Button>
        <span className="grow" />
        <Button size="small" onClick={() => chosen.set([])}>
          Choose again
        </Button>
        <Button size="small" intent="primary" onClick={() => void importChosen(caseCounts)}>
          Import
        </Button>
      </div>
    </>
  );
}
