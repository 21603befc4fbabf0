import { FormGroup, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { Grant } from '../../../../main/contract/grants.ts';
import type { Output } from '../../../../main/contract/requests/index.ts';
import { ask, attempt, desktop } from '../../../engine/index.ts';
import { ChosenPlace } from '../../../parts/ChosenPlace.tsx';
import { FormDialog } from '../../../parts/FormDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';

export type Look = Output<'seed.import-look'>;

/** Where annotations come from: a file, or another case with perhaps another seed of it. */
export interface MergeSource {
  readonly seed: string;
  readonly location: string;
  readonly from?: string;
}

interface ImportAnnotationsProps {
  readonly seed: string;
  readonly kind: 'file' | 'case';
  readonly by: string;
  readonly onShow: (start: number, end: number) => void;
  readonly onClose: () => void;
}

/** Takes over what others said: chooses from where, then decides of each annotation. */
export function ImportAnnotations({ seed, kind, by, onShow, onClose }: ImportAnnotationsProps) {
  const [chosen, setChosen] = useState<Grant | null>(null);
  const [from, setFrom] = useState('');
  const [look, setLook] = useState<{ readonly source: MergeSource; readonly found: Look } | null>(null);
  const choose = async () => {
    const grant = await attempt('Nothing was chosen', () =>
      desktop(kind === 'file' ? 'choose.annotations' : 'choose.case', {}),
    );
    if (grant) setChosen(grant);
  };
  const open = async () => {
    if (!chosen) return;
    const source = { seed, location: chosen.grant, ...(from.trim() !== '' && { from: from.trim() }) };
    setLook({ source, found: await ask('seed.import-look', source) });
  };
  if (look) {
    return <MergeDialog source={look.source} look={look.found} by={by} onShow={onShow} onClose={onClose} />;
  }
  return (
    <FormDialog
      title={kind === 'file' ? 'Import annotations' : 'Carry annotations over'}
      action="Look at them"
      failed="They cannot be read"
      missing={
        chosen ? null : kind === 'file' ? 'Choose a file of annotations.' : 'Choose the folder of a case.'
      }
      note="Nothing is taken over yet."
      onSubmit={open}
      onClose={onClose}
    >
      <FormGroup
        label="From"
        helperText={
          kind === 'file'
            ? 'With its signature beside it, if it has one.'
            : 'An earlier case, also of another version of the seed. It is only read.'
        }
      >
        <ChosenPlace
          chosen={chosen}
          action={kind === 'file' ? 'Choose a file' : 'Choose a case'}
          onChoose={() => void choose()}
        />
      </FormGroup>
      {kind === 'case' && (
        <FormGroup
          label="Its seed"
          labelFor="carry-from"
          helperText="Name or sha256; by default the one that is called as this."
        >
          <InputGroup id="carry-from" size="small" maxLength={200} value={from} onValueChange={setFrom} />
        </FormGroup>
      )}
    </FormDialog>
  );
}
