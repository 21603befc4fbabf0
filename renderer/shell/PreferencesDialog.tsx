import { Button, FormGroup, HTMLSelect, SegmentedControl, Switch } from '@blueprintjs/core';
import { useState } from 'react';
import { preferences, setPreferences, useStore } from '../engine/index.ts';
import { Modal } from '../parts/Modal.tsx';
import { NOBODY, type Person, PersonFields } from './PersonFields.tsx';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const ZOOMS = [0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** What a person sets on this machine. Look and keys act at once; the name when the dialog is left by Done. */
export function PreferencesDialog({ onClose }: { readonly onClose: () => void }) {
  const chosen = useStore(preferences);
  const [typed, setTyped] = useState<Person | null>(null);
  if (!chosen) return null;
  const person = typed ?? chosen.person ?? NOBODY;
  const name = person.name.trim();
  const zooms = ZOOMS.includes(chosen.zoom) ? ZOOMS : [...ZOOMS, chosen.zoom].sort((a, b) => a - b);
  const done = () => {
    if (typed && name !== '') void setPreferences({ person: { ...person, name } });
    onClose();
  };
  return (
    <Modal
      title="Preferences"
      onClose={onClose}
      width={480}
      note="Kept on this machine; no part of any case."
      actions={
        <Button size="small" intent="primary" onClick={done}>
          Done
        </Button>
      }
    >
      <PersonFields person={person} onChange={setTyped} focused />
      <FormGroup label="Theme">
        <SegmentedControl
          size="small"
          aria-label="Theme"
          options={THEMES}
          value={chosen.theme}
          onValueChange={theme => void setPreferences({ theme: theme as 'system' | 'light' | 'dark' })}
        />
      </FormGroup>
      <FormGroup label="Zoom" labelFor="zoom">
        <HTMLSelect
          id="zoom"
          value={chosen.zoom}
          onChange={event => void setPreferences({ zoom: Number(event.target.value) })}
          options={zooms.map(value => ({ value, label: `${Math.round(value * 100)} %` }))}
        />
      </FormGroup>
      <FormGroup label="Keys">
        <Switch
          checked={chosen.singleKeys}
          onChange={event => void setPreferences({ singleKeys: event.currentTarget.checked })}
          label="Single keys act where no text is edited (U, N, R, A, ?)"
        />
      </FormGroup>
    </Modal>
  );
}
