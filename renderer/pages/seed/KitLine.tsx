import { Button } from '@blueprintjs/core';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import { rangesText } from './seed-words.ts';
import type { KitClaim } from './use-kit-claim.ts';

/** What the kit says of the selected bytes; it counts when a person agrees. */
export function KitLine({ claim: { template, agree } }: { readonly claim: KitClaim }) {
  return (
    <div className="seed-kit" title={template.note}>
      <p className="t2 grow">
        The kit says{' '}
        <span className="seed-kit-label">
          <Inert text={template.label} prose />
        </span>
        , <span className="mono">{rangesText({ ranges: [template] })}</span>
      </p>
      <Button size="small" onClick={agree}>
        Agree <Kbd keys="R" />
      </Button>
    </div>
  );
}
