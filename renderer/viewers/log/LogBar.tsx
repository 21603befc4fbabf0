import { Button, Checkbox, InputGroup } from '@blueprintjs/core';
import { ArrowDownIcon, ArrowUpIcon, SearchIcon } from '@blueprintjs/icons';
import { type KeyboardEvent, useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { ask, attempt } from '../../engine/index.ts';
import { counted, number } from '../../parts/format.ts';
import type { LogSearch } from './hit.ts';

interface LogBarProps {
  /** As the request `log.find` takes it. */
  readonly log: string;
  readonly lines: number;
  /** The line that was gone to last. */
  readonly marked: number | null;
  /** Goes to a line; to what was searched for in it, when it was. */
  readonly onShow: (line: number, search: LogSearch | null) => void;
}

/** What was looked for, in a log of how many lines, and where it is. */
interface Found {
  readonly lines: number;
  readonly text: string;
  readonly matchCase: boolean;
  readonly answer: Output<'log.find'>;
}

/** Searches a log in the engine, and goes to a line. */
export function LogBar({ log, lines, marked, onShow }: LogBarProps) {
  const [text, setText] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [line, setLine] = useState('');
  const current = found?.text === text && found.matchCase === matchCase ? found : null;
  const step = async (by: 1 | -1) => {
    if (text === '') return;
    const answer =
      (current?.lines === lines && current.answer) ||
      (await attempt('The log was not searched', () =>
        ask('log.find', { log, text, matchCase }, { words: { title: 'Search the log' } }),
      ));
    if (!answer) return;
    setFound({ lines, text, matchCase, answer });
    const next = nextOf(answer.lines, marked, by);
    if (next !== undefined) onShow(next, { text, matchCase });
  };
  const search = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void step(event.shiftKey ? -1 : 1);
  };
  return (
    <div className="log-bar">
      <InputGroup
        size="small"
        type="search"
        className="grow"
        leftElement={<SearchIcon />}
        placeholder="Search this log"
        aria-label="Search this log"
        value={text}
        onValueChange={setText}
        onKeyDown={search}
      />
      <Checkbox
        className="log-case"
        label="Match case"
        checked={matchCase}
        onChange={event => setMatchCase(event.currentTarget.checked)}
      />
      <Button
        size="small"
        variant="minimal"
        icon={<ArrowUpIcon />}
        aria-label="Previous"
        disabled={text === ''}
        onClick={() => void step(-1)}
      />
      <Button
        size="small"
        variant="minimal"
        icon={<ArrowDownIcon />}
        aria-label="Next"
        disabled={text === ''}
        onClick={() => void step(1)}
      />
      <span className="t2 nowrap" role="status">
        {current && foundWords(current.answer, marked)}
      </span>
      {!current && <span className="t2 nowrap">{counted(lines, 'line')}</span>}
      <InputGroup
        size="small"
        className="log-goto"
        placeholder="Go to line"
        aria-label="Go to line"
        value={line}
        onValueChange={setLine}
        onKeyDown={event => {
          const wanted = Number(line.replaceAll(',', ''));
          if (event.key === 'Enter' && Number.isInteger(wanted) && wanted >= 1) onShow(wanted - 1, null);
        }}
      />
    </div>
  );
}

/** The next line after the one that was gone to last, around the end; the first when there was none. */
function nextOf(lines: readonly number[], marked: number | null, by: 1 | -1): number | undefined {
  if (marked === null) return by === 1 ? lines[0] : lines.at(-1);
  if (by === 1) return lines.find(line => line > marked) ?? lines[0];
  return lines.findLast(line => line < marked) ?? lines.at(-1);
}

function foundWords({ found, lines }: Output<'log.find'>, marked: number | null): string {
  if (found === 0) return 'not found';
  const at = marked === null ? -1 : lines.indexOf(marked);
  return `${at < 0 ? '' : `${number(at + 1)} of `}${counted(found, 'line')}`;
}
