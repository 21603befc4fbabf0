import { Hash } from '../../parts/Hash.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import type { Account, CellWords, Row } from './compared.ts';
import { cellWords } from './compared.ts';

interface CellProps {
  readonly row: Row;
  readonly column: number;
  readonly account: Account | undefined;
  /** Marks only. */
  readonly compact: boolean;
}

/** What one account says of one artifact. Only exceptions are coloured words. */
export function MatrixCell({ row, column, account, compact }: CellProps) {
  const words = cellWords(row, column, account);
  if (compact) return <MarkAlone words={words} />;
  const hash = row.hashes[column] ?? null;
  const shown = words.exception && hash !== null;
  return (
    <>
      <Verdict name={words.mark} calm={!words.exception}>
        {words.word}
      </Verdict>
      {shown && <Hash value={hash} />}
    </>
  );
}

/** A mark whose word is heard and shown on pointing. */
export function MarkAlone({ words: { mark, word } }: { readonly words: CellWords }) {
  return (
    <span className={`verdict mark-${mark}`} title={word} role="img" aria-label={word}>
      <Mark name={mark} />
    </span>
  );
}
