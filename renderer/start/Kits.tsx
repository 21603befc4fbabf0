import { useEngine } from '../engine/index.ts';

/** The kits that came with Assay. */
export function Kits() {
  const { value: kits } = useEngine('kits.list', {}, { once: true });
  if (!kits) return null;
  return (
    <>
      <div className="panehead">
        <h2>Kits</h2>
        <span className="t2">{kits.length}</span>
      </div>
      <ul className="machine">
        {kits.map(kit => (
          <li key={kit.id} className="machine-kit" title={kit.summary}>
            <span className="cut">{kit.title}</span>
            <span className="t2">
              {kit.version}, {kit.architecture}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
