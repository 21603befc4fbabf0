import type { Output, Params } from '../../../contract/requests/index.ts';
import { templatesFor } from '../../audit/index.ts';
import { inputError } from '../../base/index.ts';
import type { AnnotationContent } from '../../case/index.ts';
import {
  type Annotation,
  acceptTemplates,
  annotate,
  changeAnnotation,
  changeAnnotations,
  draftOf,
  groupsOf,
  historyOf,
  keepDraft,
  proposedTemplates,
  removeAnnotation,
  removeAnnotations,
  renameGroup,
  resolveAnnotation,
  seedIn,
  seenIn,
  templateDocumentOf,
} from '../../review/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';

/** Methods that make, change and tell of annotations. */
export const annotationHandlers: Handlers<
  | 'seed.annotate'
  | 'seed.annotate-many'
  | 'seed.change'
  | 'seed.change-many'
  | 'seed.remove'
  | 'seed.remove-many'
  | 'seed.resolve'
  | 'seed.templates'
  | 'seed.accept-template'
  | 'seed.accept-templates'
  | 'seed.history'
  | 'seed.groups'
  | 'seed.rename-group'
  | 'seed.draft.get'
  | 'seed.draft.set'
> = {
  'seed.annotate'({ seed, content }, { session }) {
    const theCase = session.theCase();
    const [made] = annotate(theCase, seedIn(theCase, seed), [content]);
    if (!made) throw inputError('annotation.none', 'the annotation was not made');
    return { ...made };
  },
  'seed.annotate-many'({ seed, contents }, { session }) {
    const theCase = session.theCase();
    return documentsOf(annotate(theCase, seedIn(theCase, seed), contents));
  },
  'seed.change': ({ id, content }, { session }) => ({
    ...changeAnnotation(session.theCase(), id, givenParts(content)),
  }),
  'seed.change-many'({ ids, ...change }, { session }) {
    return documentsOf(changeAnnotations(session.theCase(), ids, givenParts(change)));
  },
  'seed.remove'({ id }, { session }) {
    removeAnnotation(session.theCase(), id);
    return {};
  },
  'seed.remove-many'({ ids }, { session }) {
    removeAnnotations(session.theCase(), ids);
    return {};
  },
  'seed.resolve'({ id, reason }, { session }) {
    resolveAnnotation(session.theCase(), id, reason);
    return {};
  },
  'seed.templates': ({ seed }, { session }) => templatesOf(session, seed),
  'seed.accept-template'({ seed, number }, { session }) {
    accept(session, seed, [number]);
    return {};
  },
  'seed.accept-templates': ({ seed, numbers }, { session }) => documentsOf(accept(session, seed, numbers)),
  'seed.history': ({ id }, { session }) => ({
    id,
    events: historyOf(seenIn(session.theCase()), id).map(step => ({ ...step, changed: [...step.changed] })),
  }),
  'seed.groups': ({ seed }, { session }) => ({
    groups: groupsOf(seenIn(session.theCase()).annotations(seed)).map(group => ({
      ...group,
      by: [...group.by],
    })),
  }),
  'seed.rename-group'({ seed, from, to }, { session }) {
    return { ...renameGroup(session.theCase(), seed, { from, to }) };
  },
  'seed.draft.get'({ seed }, { session }) {
    const kept = draftOf(session.theCase(), seed);
    return { draft: kept?.draft ?? null, savedAt: kept?.savedAt ?? null };
  },
  'seed.draft.set'({ seed, draft }, { session }) {
    keepDraft(session.theCase(), seed, draft);
    return {};
  },
};

function templatesOf(session: Session, sha256: string): Output<'seed.templates'> {
  const theCase = session.theCase();
  const seed = seedIn(theCase, sha256);
  const bytes = theCase.objects.read(seed.seed.sha256);
  const source = templatesFor(theCase, seed.name);
  return proposedTemplates(seenIn(theCase), seed, bytes, source).map(templateDocumentOf);
}

function accept(session: Session, seed: string, numbers: readonly number[]): Annotation[] {
  const theCase = session.theCase();
  const checked = seedIn(theCase, seed);
  return acceptTemplates(theCase, checked, templatesFor(theCase, checked.name), numbers);
}

function documentsOf(annotations: readonly Annotation[]) {
  return { annotations: annotations.map(annotation => ({ ...annotation })) };
}

/** The parts that were given: what is undefined stays as it is. */
function givenParts(
  change: Params<'seed.change'>['content'] | Omit<Params<'seed.change-many'>, 'ids'>,
): Partial<AnnotationContent> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
