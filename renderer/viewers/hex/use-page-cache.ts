import { useEffect, useMemo, useState } from 'react';
import type { ByteSource } from './byte-source.ts';
import { PageCache } from './page-cache.ts';

/** A cache over a source, and a number that grows whenever bytes have come. */
export function usePageCache(source: ByteSource): { readonly cache: PageCache; readonly version: number } {
  const [version, setVersion] = useState(0);
  const [told] = useState(() => ({ by: null as PageCache | null }));
  const cache = useMemo(() => {
    const made: PageCache = new PageCache(source, () => {
      if (told.by === made) setVersion(old => old + 1);
    });
    return made;
  }, [source, told]);
  useEffect(() => {
    told.by = cache;
    setVersion(old => old + 1);
    const state = source.check?.state;
    const hear = () => {
      const now = state?.get();
      if (now?.state === 'failed') cache.drop(now.problem);
    };
    hear();
    const end = state?.subscribe(hear);
    return () => {
      told.by = null;
      end?.();
    };
  }, [cache, source, told]);
  return { cache, version };
}
