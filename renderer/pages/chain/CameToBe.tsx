import { useMemo } from 'react';
import type { LineageGraph } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { go } from '../../location.ts';
import { counted } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { asked } from '../../replay/shown.ts';

type Node = LineageGraph['nodes'][number];

/** The way from a file back to a seed: of the programs that ran, always the one that is nearest to it. */
export function CameToBe({ path, replay }: { readonly path: string; readonly replay: number | null }) {
  const { value: lineage } = useEngine('chain.lineage', { path, ...asked(replay) });
  const way = useMemo(() => (lineage ? wayToSeed(lineage) : []), [lineage]);
  if (!lineage || way.length === 0) return null;
  const programs = new Set(lineage.edges.filter(edge => edge.role === 'program').map(edge => edge.from)).size;
  const sources = lineage.nodes.filter(node => node.kind === 'source').length;
  return (
    <section>
      <header className="panehead">
        <h2>How this file came to be</h2>
        <span className="t2 cut">
          {counted(programs, 'program')}, {counted(sources, 'source')}
        </span>
      </header>
      <ol className="chain-way">
        {way.map(node => (
          <li key={node.id}>
            <span className="grow cut">
              <Inert text={node.path} cut />
            </span>
            {node.kind === 'seed' ? (
              <button
                type="button"
                className="as-link nowrap"
                onClick={() => go('seed', { seed: node.path })}
              >
                seed
              </button>
            ) : (
              <button
                type="button"
                className="as-link nowrap"
                onClick={() => node.step !== null && go('chain', { step: node.step })}
              >
                step {node.step}
              </button>
            )}
            {node.sha256 && <Hash value={node.sha256} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** From the file, along the program that ran last before it, to a seed. */
export function wayToSeed({ target, nodes, edges }: LineageGraph): Node[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const way: Node[] = [];
  const seen = new Set<string>();
  let at = byId.get(target);
  while (at && !seen.has(at.id)) {
    way.push(at);
    seen.add(at.id);
    const from = edges
      .filter(edge => edge.to === at?.id && edge.role === 'program')
      .map(edge => byId.get(edge.from))
      .filter(node => node !== undefined);
    at = from.sort((a, b) => (b.step ?? -1) - (a.step ?? -1))[0];
  }
  return way;
}
