import { Button, InputGroup } from '@blueprintjs/core';
import { ChevronDownIcon, ChevronUpIcon, CrossIcon, SearchIcon } from '@blueprintjs/icons';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ExpandedLanes, Output } from '../../../../main/contract/requests/index.ts';
import { useEngine } from '../../../engine/index.ts';
import { number } from '../../../parts/format.ts';

export type GraphHit = Output<'chain.find'>['hits'][number];

interface GraphSearchProps {
  readonly expanded: ExpandedLanes;
  readonly onHit: (hit: GraphHit) => void;
  readonly onClose: () => void;
}

/** Hits that are gone through; more are only counted. */
const LIMIT = 1000;

/** Finds nodes by their names, in collapsed lanes too. */
export function GraphSearch({ expanded, onHit, onClose }: GraphSearchProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const { value } = useEngine('chain.find', text === '' ? null : { expanded, text, limit: LIMIT });
  const hits = text === '' ? [] : (value?.hits ?? []);
  useEffect(() => input.current?.focus(), []);
  const go = (to: number) => {
    const place = hits.length === 0 ? 0 : (to + hits.length) % hits.length;
    setAt(place);
    const hit = hits[place];
    if (hit) onHit(hit);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') go(started(at) + (event.shiftKey ? -1 : 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="graph-search" aria-label="Find in the graph">
      <InputGroup
        size="small"
        type="search"
        inputRef={input}
        leftElement={<SearchIcon />}
        placeholder="Name or path"
        aria-label="Name or path in the graph"
        maxLength={200}
        value={text}
        onValueChange={next => {
          setText(next);
          setAt(-1);
        }}
        onKeyDown={press}
      />
      <span className="t2 nowrap" role="status">
        {text !== '' && value && hitWords(at, value.total)}
      </span>
      <Button
        size="small"
        variant="minimal"
        icon={<ChevronUpIcon />}
        aria-label="Previous hit"
        disabled={hits.length === 0}
        onClick={() => go(at - 1)}
      />
      <Button
        size="small"
        variant="minimal"
        icon={<ChevronDownIcon />}
        aria-label="Next hit"
        disabled={hits.length === 0}
        onClick={() => go(started(at) + 1)}
      />
      <Button
        size="small"
        variant="minimal"
        icon={<CrossIcon />}
        aria-label="Close the search"
        onClick={onClose}
      />
    </search>
  );
}

/** Before the first hit was gone to, the next one is the first. */
function started(at: number): number {
  return Math.max(-1, at);
}

function hitWords(at: number, total: number): string {
  if (total === 0) return 'none';
  return at < 0 ? `${number(total)} found` : `${number(at + 1)} of ${number(total)}`;
}
