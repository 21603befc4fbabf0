import { useMemo } from 'react';
import type { CoverageRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { Verdict } from '../../parts/Verdict.tsx';
import { HexPanel, objectSource } from '../../viewers/hex/index.ts';
import { reviewersOf } from './seed-model.ts';
import type { Annotations } from './use-annotations.ts';
import type { SeedSelection } from './use-seed-selection.ts';

interface BytesPaneProps {
  readonly name: string;
  readonly object: { readonly sha256: string; readonly size: number };
  readonly selection: SeedSelection;
  readonly annotations: Annotations;
  readonly coverage: CoverageRow | undefined;
}

/** The bytes with what is said of them, under a legend. */
export function BytesPane({ name, object, selection, annotations, coverage }: BytesPaneProps) {
  const { sha256, size } = object;
  const source = useMemo(() => objectSource({ sha256, size }), [sha256, size]);
  const { value: structure } = useEngine('seed.structure', { seed: sha256 }, { once: true });
  const addresses = useMemo(
    () =>
      // A file of no known format is read as if it lay at 0, which says nothing of where it runs.
      (structure?.format === 'flat' ? undefined : structure)?.segments.map(({ offset, length, address }) => ({
        start: offset,
        end: offset + length,
        address: Number(address),
      })),
    [structure],
  );
  const reviewers = useMemo(() => reviewersOf(coverage), [coverage]);
  return (
    <>
      <header className="panehead seed-bytes-head">
        <h2>Bytes</h2>
        <span className="t3 grow">read-only</span>
        <Verdict name="explained" />
        <Verdict name="question" />
        <Verdict name="concern" />
      </header>
      <HexPanel
        ref={selection.panel}
        source={source}
        label={`Bytes of ${name}, read-only`}
        selection={selection.bytes}
        onSelect={selection.move}
        decorations={annotations.decorations}
        reviewers={reviewers}
        framed={coverage?.next ?? null}
        {...(addresses && { addresses })}
      />
    </>
  );
}
