import type { CodeRowAnswer } from '../../../../main/contract/requests/index.ts';
import { offset } from '../../../parts/format.ts';
import { Inert } from '../../../parts/Inert.tsx';

interface CallRestsProps {
  readonly row: CodeRowAnswer | undefined;
  readonly onShow: (offset: number) => void;
}

/** What is said of the system call that is selected rests on: the instructions that set it, and what nobody showed. */
export function CallRests({ row, onShow }: CallRestsProps) {
  const call = row?.call;
  if (!row || !call || (call.restsText === '' && call.conditions.length === 0)) return null;
  const set = [
    { name: 'Number', at: call.rests },
    ...call.args.map(({ name, rests }) => ({ name, at: rests })),
  ].filter(({ at }) => at.length > 0);
  return (
    <section className="code-foot code-rests" aria-label="What the system call rests on">
      <p>
        <span className="mono">{offset(row.offset)}</span> <Inert text={call.text} />
      </p>
      {set.map(({ name, at }) => (
        <p key={name}>
          <span className="t2">{name} set at</span>{' '}
          {at.map(each => (
            <button key={each} type="button" className="as-link mono" onClick={() => onShow(each)}>
              {offset(each)}
            </button>
          ))}
        </p>
      ))}
      {call.restsText.endsWith('starts a program') && (
        <p className="t2">Registers are zero when Linux starts a program.</p>
      )}
      {call.conditions.map(({ kind, text }) => (
        <p key={kind}>
          <span className="strong">If</span> {text}.
        </p>
      ))}
    </section>
  );
}
