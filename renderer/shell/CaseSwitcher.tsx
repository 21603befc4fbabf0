import { Menu, MenuDivider, MenuItem, PopoverNext } from '@blueprintjs/core';
import { CaretDownIcon, CrossIcon, EndorsedIcon, FolderOpenIcon, PlusIcon } from '@blueprintjs/icons';
import { useEffect, useState } from 'react';
import type { RecentCase } from '../../main/contract/desktop.ts';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { openRecent } from '../case.ts';
import { runCommand } from '../commands/index.ts';
import { attempt, desktop } from '../engine/index.ts';
import { Inert } from '../parts/Inert.tsx';
import { askPerson } from './dialogs.ts';

/** The open case; its menu leads to the others. */
export function CaseSwitcher({ summary }: { readonly summary: CaseSummary }) {
  return (
    <PopoverNext
      animation="minimal"
      arrow={false}
      placement="bottom-start"
      transitionDuration={0}
      content={<CaseMenu open={summary.id} />}
      renderTarget={({ isOpen, ref, ...target }) => (
        <button
          {...target}
          ref={ref}
          type="button"
          className="titlebar-button titlebar-case"
          aria-haspopup="menu"
          aria-expanded={isOpen}
          title={summary.folder}
        >
          <FolderOpenIcon />
          <Inert text={summary.name} prose cut />
          <CaretDownIcon />
        </button>
      )}
    />
  );
}

function CaseMenu({ open }: { readonly open: string }) {
  const [recent, setRecent] = useState<readonly RecentCase[]>([]);
  useEffect(() => {
    void attempt('Recent cases', () => desktop('recent.list', {})).then(list => setRecent(list ?? []));
  }, []);
  const others = recent.filter(each => each.id !== open && each.there);
  return (
    <Menu aria-label="Cases">
      {others.map(each => (
        <MenuItem
          key={each.id}
          text={<Inert text={each.name} prose cut />}
          label={each.label}
          onClick={() => void openRecent(each.id, askPerson)}
        />
      ))}
      {others.length > 0 && <MenuDivider />}
      <MenuItem icon={<PlusIcon />} text="New case…" label="Ctrl N" onClick={() => runCommand('case.new')} />
      <MenuItem
        icon={<FolderOpenIcon />}
        text="Open a case…"
        label="Ctrl O"
        onClick={() => runCommand('case.open')}
      />
      <MenuItem
        icon={<EndorsedIcon />}
        text="Verify a report…"
        label="Ctrl R"
        onClick={() => runCommand('report.verify')}
      />
      <MenuDivider />
      <MenuItem icon={<CrossIcon />} text="Close this case" onClick={() => runCommand('case.close')} />
    </Menu>
  );
}
