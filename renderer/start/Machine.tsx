import { Button } from '@blueprintjs/core';
import type { Output } from '../../main/contract/requests/index.ts';
import { networkState, refreshMethod, useEngine, useStore } from '../engine/index.ts';
import { Inert } from '../parts/Inert.tsx';
import { Mark, type MarkName } from '../parts/Mark.tsx';
import { ProblemPanel } from '../parts/ProblemPanel.tsx';
import { networkWords } from '../shell/network.ts';
import { Kits } from './Kits.tsx';

type Machine = Output<'machine.describe'>;

/** What this machine can do, as it was tried, and the kits that came with Assay. */
export function Machine() {
  const network = useStore(networkState);
  const { value: machine, problem, loading } = useEngine('machine.describe', {}, { once: true });
  const { level, short } = networkWords(network);
  return (
    <div className="scroll">
      <div className="panehead">
        <h2>This machine</h2>
        <span className="t2 grow">tried, not assumed</span>
        <Button
          size="small"
          variant="minimal"
          className="link"
          disabled={loading}
          onClick={() => refreshMethod('machine.describe')}
        >
          {loading && machine ? 'Checking' : 'Check again'}
        </Button>
      </div>
      <ul className="machine">
        <Tried
          name="Network"
          found={level === 'isolated' ? 'isolated' : short.toLowerCase()}
          mark={level === 'isolated' ? 'done' : level === 'unknown' ? 'blocks' : 'failed'}
        />
        {machine && <Capabilities machine={machine} />}
        {machine && <Tried name="Time" found="not witnessed: times are claimed" mark="blocks" />}
      </ul>
      {!machine && !problem && <p className="machine-wait t2">Trying runtimes and the observer</p>}
      {problem && <ProblemPanel title="This machine could not be tried" problem={problem} />}
      <Kits />
    </div>
  );
}

function Capabilities({ machine }: { readonly machine: Machine }) {
  const working = machine.runtimes.filter(each => each.works);
  const [first, ...others] = working;
  const refused = machine.runtimes.filter(each => !each.works);
  return (
    <>
      <Tried
        name="Containers"
        found={first ? `${nameOf(first)}, ran a test program` : 'no runtime works'}
        mark={first ? 'done' : 'failed'}
        cure={first ? null : (refused[0]?.cure ?? null)}
      />
      {others.map(each => (
        <Tried
          key={each.name}
          name="Other runtime"
          found={`${nameOf(each)}${each.weaker ? ', keeps programs apart less well' : ''}`}
          mark="done"
        />
      ))}
      {refused.map(each => (
        <Tried
          key={each.name}
          name="Not usable"
          found={`${each.name}: ${each.problem ?? 'did not run the test program'}`}
          mark="notrun"
        />
      ))}
      <Tried
        name="Observer"
        found={
          machine.observer.works
            ? `strace ${machine.observer.version ?? ''}, saw the test program`
            : (machine.observer.problem ?? 'none')
        }
        mark={machine.observer.works ? 'done' : 'failed'}
        cure={machine.observer.cure}
      />
    </>
  );
}

function nameOf({ name, version }: Machine['runtimes'][number]): string {
  return version && !version.includes(name) ? `${name} ${version}` : (version ?? name);
}

interface TriedProps {
  readonly name: string;
  readonly found: string;
  readonly mark: MarkName;
  readonly cure?: string | null;
}

const SAYS: Partial<Record<MarkName, string>> = {
  done: 'works',
  failed: 'does not work',
  notrun: 'not used',
  blocks: 'open',
};

function Tried({ name, found, mark, cure = null }: TriedProps) {
  return (
    <li>
      <span className="machine-name">{name}</span>
      <span className="machine-found">
        <Inert text={found} prose />
        {cure && (
          <span className="t2 machine-cure">
            <Inert text={cure} prose />
          </span>
        )}
      </span>
      <span className={mark === 'failed' ? 'mark-failed' : mark === 'notrun' ? 'mark-notrun' : ''}>
        <Mark name={mark} />
        <span className="unseen">{SAYS[mark]}</span>
      </span>
    </li>
  );
}
