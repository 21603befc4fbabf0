import { useState } from 'react';
import { setPreferences } from '../engine/index.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
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
    <FormDialog
      title="Who works here?"
      action="Go on"
      failed="The name was not kept"
      missing={name === '' ? 'Say who works here.' : null}
      width={440}
      onSubmit={keep}
      onClose={onClose}
    >
      <PersonFields person={person} onChange={setPerson} focused />
    </FormDialog>
  );
}
