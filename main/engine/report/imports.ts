import { canonicalJson } from '../base/index.ts';
import type { CaseEvent, EventOf } from '../case/index.ts';
import { annotationContentSchema } from '../case/index.ts';
import { parseAnnotationFile, placeAnnotations, takenOver } from '../review/index.ts';
import { checkAnnotationSignature } from './annotation-signature.ts';
import type { Tell } from './checks.ts';
import { type CaseEvidence, type EvidenceSource, eventsOf } from './source.ts';

type Import = EventOf<'annotations-imported'>;

/** Name of a kept file of annotations in the report; its signature lies beside it as `.sig`. */
export function importName({ seq }: { readonly seq: number }): string {
  return `review/imports/${String(seq).padStart(6, '0')}.json`;
}

/** The files of annotations that people took over from, for the seeds of a report; also those that were taken back. */
export function importsOf(events: readonly CaseEvent[], { seeds }: Pick<CaseEvidence, 'seeds'>): Import[] {
  const reported = new Set(seeds.map(({ seed }) => seed.sha256));
  return eventsOf(events, 'annotations-imported').filter(({ seed }) => reported.has(seed));
}

/**
 * Each kept file must be one of annotations, its signature be good and by the key that the log names, and each annotation that was
 * taken over say what the file says, on the bytes where it stands in the seed.
 */
export function checkImports(source: EvidenceSource, read: CaseEvidence, tell: Tell): void {
  const annotated = Map.groupBy(eventsOf(source.events, 'seed-annotated'), ({ action }) => action);
  for (const imports of Map.groupBy(
    importsOf(source.events, read),
    ({ file, seed }) => `${file.sha256} ${seed}`,
  ).values()) {
    const placed = placedOf(source, imports[0] as Import);
    for (const event of imports) {
      checkSignature(source, event, tell);
      const entry = importName(event);
      for (const { origin, seq, ...said } of annotated.get(event.seq) ?? []) {
        if (origin?.from !== 'file') continue;
        const from = placed[origin.number - 1];
        const content = annotationContentSchema.strip().parse(said);
        if (from?.author === origin.author && from.content === canonicalJson(content)) continue;
        tell('annotation-file.not-derived', entry, `event ${seq} says otherwise than the file that it names`);
      }
    }
  }
}

function placedOf(source: EvidenceSource, event: Import) {
  const file = parseAnnotationFile(source.object(event.file.sha256), importName(event));
  const { placed } = placeAnnotations({ sha256: event.seed, bytes: source.object(event.seed) }, file);
  return placed.map(each => ({ author: each.theirs.by, content: canonicalJson(takenOver(each)) }));
}

function checkSignature(source: EvidenceSource, event: Import, tell: Tell): void {
  if (event.signature === null) return;
  const { key, sshsig } = event.signature;
  const { fingerprint, problem } = checkAnnotationSignature(
    source.object(event.file.sha256),
    source.object(sshsig.sha256),
  );
  if (problem === null && fingerprint === key) return;
  tell(
    'annotation-file.bad-signature',
    `${importName(event)}.sig`,
    `the signature of the file is not by the key that the log names: ${problem ?? `it is by ${fingerprint}`}`,
  );
}
