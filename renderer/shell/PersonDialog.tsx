import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { setPreferences } from '../engine/index.ts';
import { Modal } from '../parts/Modal.tsx';
import { givePerson } from './dialogs.ts';
import { NOBODY, type Person, PersonFields } from './PersonFields.tsx';

/** Asks once who works here, before anything is written in that name. */
export function PersonDialog({ onClose }: { readonly onClose: () => void }) {
  const [person, setPerson] = useState<Person>(NOBODY);
  const name = person.name.trim();
  const keep = async () => {
    await setPreferences({ person: { ...person, name } });
    givePerson(name);
  };
  return (
    <Modal
      title="Who works here?"
      onClose={onClose}
      width={440}
      actions={
        <>
          <Button size="small" onClick={onClose}>
            Cancel
          </Button>
          <Button size="small" intent="primary" disabled={name === ''} onClick={() => void keep()}>
            Go on
          </Button>
        </>
      }
    >
      <PersonFields person={person} onChange={setPerson} focused />
    </Modal>
  );
}
