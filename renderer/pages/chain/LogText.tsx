import { Inert } from '../../parts/Inert.tsx';

/** Lines that a program printed: inert, no colours, no links, each as long as it is. */
export function LogText({ text }: { readonly text: string }) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <pre className="mono selectable">
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
        <div key={i} className="chain-line">
          <Inert text={line.replaceAll('\t', '    ')} line />
        </div>
      ))}
    </pre>
  );
}
