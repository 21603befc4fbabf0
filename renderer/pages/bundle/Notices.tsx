import { InfoSignIcon, WarningSignIcon } from '@blueprintjs/icons';
import { useEngine } from '../../engine/index.ts';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { nameOf } from './selection.ts';
import type { PathList } from './TreePane.tsx';
import { flagWords } from './words.ts';

interface Notice extends PathList {
  readonly grade: 'grave' | 'odd' | 'note';
}

/** What is odd about the bundle, gravest first; each opens its list. */
export function Notices({ onList }: { readonly onList: (list: PathList) => void }) {
  const { value } = useEngine('bundle.flags', {});
  if (!value) return null;
  const { flags, programs, empty, unused } = value;
  const found: Notice[] = [
    ...flags.map(({ flag, count, paths }) => {
      const { words, grave } = flagWords(flag);
      return { title: words, count, paths, grade: grave ? ('grave' as const) : ('odd' as const) };
    }),
    { title: 'Program that is no seed of the kit', ...programs, grade: 'odd' },
    { title: 'Folder with nothing in it', ...empty, grade: 'note' },
  ];
  const notices = found
    .filter(notice => notice.count > 0)
    .sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade));
  const total = notices.length + (unused ? 1 : 0);
  return (
    <section className="facts-section">
      <h2>
        Flags from import <span className="t3">{total}</span>
      </h2>
      {total === 0 && <p className="t2">Nothing odd was noticed.</p>}
      <ul>
        {notices.map(notice => (
          <li key={notice.title}>
            <button type="button" className={`notice notice-${notice.grade}`} onClick={() => onList(notice)}>
              {notice.grade === 'note' ? <InfoSignIcon size={14} /> : <WarningSignIcon size={14} />}
              <span className="grow">
                <span className="notice-title">{notice.title}</span>
                <span className="t2 cut">
                  {notice.count === 1 ? (
                    <Inert text={nameOf(notice.paths[0] ?? '')} cut />
                  ) : (
                    counted(notice.count, 'entry', 'entries')
                  )}
                </span>
              </span>
            </button>
          </li>
        ))}
        {unused !== null && unused > 0 && (
          <li className="notice notice-note">
            <InfoSignIcon size={14} />
            <span className="grow">
              <span className="notice-title">Never read by the chain</span>
              <span className="t2">{number(unused)} files, shown as “not read”</span>
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}

const GRADES: readonly Notice['grade'][] = ['grave', 'odd', 'note'];
