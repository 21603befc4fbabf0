import { Button } from '@blueprintjs/core';
import { EndorsedIcon, FolderOpenIcon, PlusIcon } from '@blueprintjs/icons';
import type { ReactElement } from 'react';
import { runCommand } from '../commands/index.ts';
import { Kbd } from '../parts/Kbd.tsx';
import { MainPane, Panes, SidePane } from '../shell/Panes.tsx';
import { Problems } from '../shell/Problems.tsx';
import { Machine } from './Machine.tsx';
import { RecentCases } from './RecentCases.tsx';

/** What is there when no case is open: three ways to begin, the cases of before, what this machine can do. */
export function Start() {
  return (
    <>
      <Problems />
      <Panes>
        <MainPane label="Begin">
          <div className="start">
            <h1 className="verdict-sentence">No case open</h1>
            <p className="start-lead t2">
              A case is one audit, kept in one folder on this machine. Start one from a source bundle,
              continue one, or read a report somebody gave you.
            </p>
            <ul className="start-actions">
              <Action
                icon={<PlusIcon />}
                command="case.new"
                title="New case"
                line="Choose a folder and a kit, then import a bundle"
                button="New case"
                keys="Ctrl N"
                primary
              />
              <Action
                icon={<FolderOpenIcon />}
                command="case.open"
                title="Open a case"
                line="The event log is checked before anything is shown"
                button="Open"
                keys="Ctrl O"
              />
              <Action
                icon={<EndorsedIcon />}
                command="report.verify"
                title="Verify a report"
                line="Read-only. Signatures and hashes first, contents after"
                button="Verify"
                keys="Ctrl R"
              />
            </ul>
            <RecentCases />
          </div>
        </MainPane>
        <SidePane name="start.machine" label="This machine" side="right" width={400}>
          <Machine />
        </SidePane>
      </Panes>
    </>
  );
}

interface ActionProps {
  readonly icon: ReactElement;
  readonly command: string;
  readonly title: string;
  readonly line: string;
  readonly button: string;
  readonly keys: string;
  readonly primary?: boolean;
}

function Action({ icon, command, title, line, button, keys, primary = false }: ActionProps) {
  return (
    <li>
      {icon}
      <div className="grow">
        <h2>{title}</h2>
        <p className="t2">{line}</p>
      </div>
      <Button
        size="small"
        {...(primary && { intent: 'primary' as const })}
        onClick={() => runCommand(command)}
      >
        {button} <Kbd keys={keys} />
      </Button>
    </li>
  );
}
