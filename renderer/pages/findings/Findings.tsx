import { Button, SegmentedControl } from '@blueprintjs/core';
import { PlusIcon } from '@blueprintjs/icons';
import { useEffect, useMemo, useState } from 'react';
import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { useCommands } from '../../commands/index.ts';
import { useEngine } from '../../engine/index.ts';
import { go, useTarget } from '../../location.ts';
import { counted, number } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { drawer, toggleDrawer } from '../../shell/drawer.ts';
import { enterPane } from '../../shell/enter-pane.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { WORDS_FIELD } from './FindingActions.tsx';
import { EVERYTHING, type Filter, FindingFilter, passes } from './FindingFilter.tsx';
import { openInChain } from './FindingLinks.tsx';
import { FindingList } from './FindingList.tsx';
import { FindingPane } from './FindingPane.tsx';
import { NewFinding } from './NewFinding.tsx';
import { useFindingPlace } from './use-finding-place.ts';
import './findings.css';

type Shown = 'all' | FindingRow['state'];

/** Everything an auditor has to look at, and what was done about it. */
export default function Findings() {
  const { value, problem } = useEngine('findings.list', {});
  const { value: said } = useEngine('findings.comments', {});
  const summary = useCase();
  const target = useTarget('findings');
  const [shown, setShown] = useState<Shown>('all');
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const [selected, setSelected] = useState<string | null>(null);
  const [raising, setRaising] = useState(false);
  const findings = useMemo(() => value ?? [], [value]);
  const listed = useMemo(
    () => findings.filter(finding => (shown === 'all' || finding.state === shown) && passes(finding, filter)),
    [findings, shown, filter],
  );
  useEffect(() => {
    const wanted = findings.find(finding => [finding.id, finding.key].includes(target?.finding ?? ''));
    if (wanted) setSelected(wanted.key);
  }, [target, findings]);
  const finding = listed.find(each => each.key === selected) ?? listed[0] ?? null;
  const place = useFindingPlace(finding);
  const next = () => {
    const open = findings.filter(each => each.state === 'open');
    const at = open.findIndex(each => each.key === finding?.key);
    const following = open[(at + 1) % open.length];
    if (!following) return;
    setShown('all');
    setFilter(EVERYTHING);
    setSelected(following.key);
  };
  useCommands(
    () => [
      { id: 'findings.next', title: 'Next open finding', group: 'On this page', keys: 'N', run: next },
      {
        id: 'findings.open-chain',
        title: 'Open this finding in Chain',
        group: 'On this page',
        keys: 'C',
        enabled: place.step !== null,
        run: () => finding && place.step !== null && openInChain(finding, place.step),
      },
      {
        id: 'findings.words',
        title: 'Comment on this finding, or waive it',
        group: 'On this page',
        keys: 'M',
        enabled: finding !== null,
        run: () => {
          if (drawer.get().label !== null && !drawer.get().open) toggleDrawer();
          requestAnimationFrame(() => document.getElementById(WORDS_FIELD)?.focus());
        },
      },
      {
        id: 'findings.new',
        title: 'New finding',
        group: 'On this page',
        keys: 'Shift N',
        run: () => setRaising(true),
      },
    ],
    [findings, finding?.key, place.step],
  );
  const count = (state: FindingRow['state']) => findings.filter(each => each.state === state).length;
  return (
    <>
      <PageHead
        title="Findings"
        subject={`${number(count('open'))} open, ${number(count('waived'))} waived, ${number(count('resolved'))} settled`}
        actions={
          <>
            <SegmentedControl
              size="small"
              options={[
                { label: `All ${findings.length}`, value: 'all' },
                { label: `Open ${count('open')}`, value: 'open' },
                { label: `Waived ${count('waived')}`, value: 'waived' },
                { label: `Settled ${count('resolved')}`, value: 'resolved' },
              ]}
              value={shown}
              onValueChange={state => setShown(state as Shown)}
            />
            <Button size="small" variant="minimal" onClick={next} disabled={count('open') === 0}>
              Next open <Kbd keys="N" />
            </Button>
            <Button size="small" intent="primary" icon={<PlusIcon />} onClick={() => setRaising(true)}>
              New finding
            </Button>
          </>
        }
      />
      <Panes>
        <MainPane label="Findings">
          {problem && <ProblemPanel title="The findings cannot be read" problem={problem} />}
          <FindingFilter findings={findings} filter={filter} onFilter={setFilter} />
          <FindingList
            findings={listed}
            selected={finding?.key ?? null}
            onSelect={row => setSelected(row.key)}
            onOpen={() => enterPane('findings.one')}
            empty={
              <EmptyList
                all={findings.length}
                bundle={Boolean(summary?.bundle)}
                replayed={Boolean(summary?.replay)}
              />
            }
          />
          <div className="finding-waiver">
            <h2 className="strong">What a waiver does</h2>
            <p className="t2">
              It records who accepts a difference and why. The verdict stays visible as “waived”, with name
              and reason, here and in the report. A missing hash cannot be waived into “reproduced”.
            </p>
          </div>
        </MainPane>
        <SidePane name="findings.one" label="Finding" side="right" width={424}>
          {finding ? (
            <FindingPane
              finding={finding}
              place={place}
              comments={(said?.comments ?? []).filter(
                each => 'finding' in each.on && each.on.finding === finding.key,
              )}
            />
          ) : (
            <p className="pane-none t2">No finding is selected.</p>
          )}
        </SidePane>
      </Panes>
      {raising && <NewFinding onClose={() => setRaising(false)} onRaised={key => setSelected(key)} />}
    </>
  );
}

interface EmptyListProps {
  readonly all: number;
  readonly bundle: boolean;
  readonly replayed: boolean;
}

/** Why no finding is listed, and what to do about it. */
function EmptyList({ all, bundle, replayed }: EmptyListProps) {
  if (all > 0) return `None of the ${counted(all, 'finding')} is as chosen above.`;
  if (replayed) return 'The replay left nothing to look at, and nobody raised a finding.';
  return (
    <div className="empty-act">
      <p>
        The chain was not replayed yet: there is nothing to find anything in. A person can raise a finding at
        any time.
      </p>
      <Button size="small" onClick={() => go(bundle ? 'chain' : 'bundle')}>
        {bundle ? 'Go to Chain' : 'Import a bundle'}
      </Button>
    </div>
  );
}
