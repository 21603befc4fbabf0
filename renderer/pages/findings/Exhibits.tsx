import { Button, Menu, MenuItem, Popover } from '@blueprintjs/core';
import { PaperclipIcon } from '@blueprintjs/icons';
import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, attempt, useStore } from '../../engine/index.ts';
import { type AtHand, atHand } from '../../lineage/at-hand.ts';
import { go } from '../../location.ts';
import { Inert } from '../../parts/Inert.tsx';
import { showReplay } from '../../replay/shown.ts';

type Attached = FindingRow['exhibits'][number];

/** The evidence that people laid beside a finding; what is selected elsewhere can be laid there. */
export function Exhibits({ finding }: { readonly finding: FindingRow }) {
  const by = useCase()?.by;
  return (
    <section>
      <header className="panehead">
        <h2 className="grow">Evidence</h2>
        <Attach finding={finding} />
      </header>
      {finding.exhibits.length === 0 ? (
        <p className="pane-part t2">
          Nobody laid evidence beside it. Select a step, a file or bytes, then Attach.
        </p>
      ) : (
        <ul className="finding-exhibits">
          {finding.exhibits.map(each => (
            <li key={each.id}>
              <button type="button" className="as-link cut grow" onClick={() => open(each.exhibit)}>
                <Inert text={exhibitWords(each.exhibit)} />
              </button>
              <span className="t3 cut">
                <Inert text={each.by} prose cut />, event {each.event}
              </span>
              {each.by === by && (
                <Button
                  size="small"
                  variant="minimal"
                  onClick={() =>
                    void attempt('It stays attached', () => ask('findings.detach', { id: each.id }))
                  }
                >
                  Take away
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Attach({ finding }: { readonly finding: FindingRow }) {
  const things = useStore(atHand);
  const attach = (exhibit: AtHand) =>
    void attempt('It was not attached', () => ask('findings.attach', { key: finding.key, exhibit }));
  return (
    <Popover
      placement="bottom-end"
      transitionDuration={0}
      content={
        <Menu aria-label="What was selected last">
          {things.length === 0 && <MenuItem disabled text="Nothing was selected yet" />}
          {things.map(thing => (
            <MenuItem
              key={JSON.stringify(thing)}
              text={<Inert text={thingWords(thing)} />}
              onClick={() => attach(thing)}
            />
          ))}
        </Menu>
      }
    >
      <Button size="small" variant="minimal" icon={<PaperclipIcon />}>
        Attach
      </Button>
    </Popover>
  );
}

function thingWords(thing: AtHand): string {
  if ('step' in thing) return `Step ${thing.step}`;
  if ('range' in thing) return `${rangeWords(thing.range)} of ${thing.path}`;
  return thing.line === undefined ? thing.path : `${thing.path}, line ${thing.line}`;
}

function exhibitWords(exhibit: Attached['exhibit']): string {
  switch (exhibit.kind) {
    case 'step':
      return `Step ${exhibit.number} of replay ${exhibit.replay}`;
    case 'bytes':
      return `${rangeWords(exhibit.range)} of ${exhibit.path}`;
    default:
      return exhibit.line === null ? exhibit.path : `${exhibit.path}, line ${exhibit.line}`;
  }
}

function rangeWords({ offset, length }: { readonly offset: number; readonly length: number }): string {
  const hex = (value: number) => `0x${value.toString(16).toUpperCase()}`;
  return length === 1 ? `Byte ${hex(offset)}` : `Bytes ${hex(offset)} to ${hex(offset + length - 1)}`;
}

function open(exhibit: Attached['exhibit']): void {
  switch (exhibit.kind) {
    case 'step':
      showReplay(exhibit.replay);
      go('chain', { step: exhibit.number });
      break;
    case 'artifact':
      go('chain', { path: exhibit.path });
      break;
    case 'file':
      go('bundle', { path: exhibit.path, ...(exhibit.line !== null && { line: exhibit.line }) });
      break;
    case 'bytes':
      go('bundle', { path: exhibit.path, offset: exhibit.range.offset });
      break;
  }
}
