import { Fragment } from 'react';
import { Inert } from './Inert.tsx';

/** What a person wrote over several lines. Ends of lines are ends of lines; whatever else does not show is boxed, as everywhere. */
export function SaidText({ text }: { readonly text: string }) {
  return (
    <p className="said">
      {text.split(/\r\n|\n/).map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
        <Fragment key={i}>
          {i > 0 && '\n'}
          <Inert text={line} prose line />
        </Fragment>
      ))}
    </p>
  );
}
