import { Button, FormGroup, InputGroup, Radio, RadioGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { Grant } from '../../main/contract/grants.ts';
import type { Input } from '../../main/contract/requests/index.ts';
import { createCase } from '../case.ts';
import { attempt, desktop, preferences, setPreferences, useEngine, useStore } from '../engine/index.ts';
import { go } from '../location.ts';
import { ChosenPlace } from '../parts/ChosenPlace.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { plainFileName } from '../parts/file-name.ts';
import { Inert } from '../parts/Inert.tsx';
import { NOBODY, type Person, PersonFields } from '../shell/PersonFields.tsx';

/** Choices beside the kits that come with Assay, which have no such ids: a kit of one's own, and none. */
const OWN_KIT = '/';
const NO_KIT = '-';

/** A new case: its name, its folder, the kit that describes its chain, and who works in it. */
export function NewCase({ onClose }: { readonly onClose: () => void }) {
  const { value: kits } = useEngine('kits.list', {}, { once: true });
  const known = useStore(preferences)?.person ?? null;
  const [typed, setTyped] = useState<Person | null>(null);
  const person = known ?? typed ?? NOBODY;
  const [name, setName] = useState('');
  const [folder, setFolder] = useState<Grant | null>(null);
  const [kit, setKit] = useState('');
  const [kitFolder, setKitFolder] = useState<Grant | null>(null);
  const missing = whatIsMissing(name, folder, kit, person);

  const choose = async () => {
    const chosen = await attempt('No folder was chosen', () =>
      desktop('choose.new-case', { name: plainFileName(name, 'case') }),
    );
    if (chosen) setFolder(chosen);
  };
  const chooseKit = async () => {
    const chosen = await attempt('No kit was chosen', () => desktop('choose.kit', {}));
    if (!chosen) return;
    setKitFolder(chosen);
    setKit(OWN_KIT);
  };
  const make = async () => {
    if (!folder) return;
    try {
      const by = person.name.trim();
      if (!known) await setPreferences({ person: { ...person, name: by } });
      await createCase({ location: folder.grant, name: name.trim(), ...kitOf(kit, kitFolder), by });
      if (kit === NO_KIT) go('seed');
      onClose();
    } catch (error) {
      // Leave to use a place is good for one try.
      setFolder(null);
      if (kit === OWN_KIT) setKit('');
      setKitFolder(null);
      throw error;
    }
  };

  return (
    <FormDialog
      title="New case"
      action="Make case"
      working="Making the case"
      failed="The case was not made"
      missing={missing}
      note={
        kit === NO_KIT
          ? 'The folder is made now; binaries are chosen next.'
          : 'The folder is made now; the bundle is imported next.'
      }
      width={600}
      onSubmit={make}
      onClose={onClose}
    >
      <FormGroup label="Name" labelFor="case-name" helperText="How people call this audit.">
        <InputGroup
          id="case-name"
          size="small"
          autoFocus
          maxLength={200}
          value={name}
          onValueChange={setName}
        />
      </FormGroup>
      <FormGroup
        label="Folder"
        helperText="A folder that is not there yet. Everything of the case stays in it."
      >
        <ChosenPlace chosen={folder} action="Choose" label="Choose folder" onChoose={() => void choose()} />
      </FormGroup>
      <FormGroup
        label="Kit"
        helperText="What is known of the chain: its seeds, its plan, its published hashes."
      >
        <RadioGroup
          aria-label="Kit"
          className="kits"
          selectedValue={kit}
          onChange={event => setKit(event.currentTarget.value)}
        >
          {kitFolder && (
            <Radio value={OWN_KIT}>
              <span className="kit-title">
                <span className="strong">Your own kit</span>
              </span>
              <span className="kit-summary t2">
                <Inert text={kitFolder.label} />
              </span>
            </Radio>
          )}
          {(kits ?? []).map(each => (
            <Radio key={each.id} value={each.id}>
              <span className="kit-title">
                <span className="strong">{each.title}</span>{' '}
                <span className="t2">
                  {each.version}, {each.architecture}
                  {each.bringsBundle && ', brings its own bundle'}
                </span>
              </span>
              <span className="kit-summary t2">{each.summary}</span>
            </Radio>
          ))}
          <Radio value={NO_KIT}>
            <span className="kit-title">
              <span className="strong">No kit</span>
            </span>
            <span className="kit-summary t2">
              Review binaries by themselves, without a chain: structure, instructions, what people say of
              every byte.
            </span>
          </Radio>
        </RadioGroup>
        <Button className="kit-own" size="small" onClick={() => void chooseKit()}>
          Choose a kit in a folder
        </Button>
      </FormGroup>
      {!known && <PersonFields person={person} onChange={setTyped} />}
    </FormDialog>
  );
}

function kitOf(kit: string, own: Grant | null): Pick<Input<'case.create'>, 'kit' | 'kitFolder'> {
  if (kit === NO_KIT) return {};
  return kit === OWN_KIT && own ? { kitFolder: own.grant } : { kit };
}

function whatIsMissing(name: string, folder: Grant | null, kit: string, person: Person): string | null {
  if (name.trim() === '') return 'The case needs a name.';
  if (!folder) return 'Choose where the case is to lie.';
  if (kit === '') return 'Choose a kit, or none.';
  if (person.name.trim() === '') return 'Say who works here.';
  return null;
}
