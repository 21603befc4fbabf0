import { FormGroup, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { ask } from '../../engine/index.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { counted } from '../../parts/format.ts';
import { showToast } from '../../review/toast.ts';

interface RenameGroupProps {
  readonly seed: string;
  readonly group: string;
  readonly onClose: () => void;
}

/** Another name for a group. Only one's own annotations in it move; those of others keep theirs. */
export function RenameGroup({ seed, group, onClose }: RenameGroupProps) {
  const [name, setName] = useState(group);
  const to = name.trim();
  const rename = async () => {
    const { others } = await ask('seed.rename-group', { seed, from: group, to });
    onClose();
    if (others > 0)
      void showToast(`${counted(others, 'annotation')} of others in it kept the old name.`, null);
  };
  return (
    <FormDialog
      title="Rename group"
      action="Rename"
      failed="The group keeps its name"
      missing={to === '' ? 'A group needs a name.' : to === group ? 'This is its name now.' : null}
      note="Your annotations in it move; those of others keep the name."
      onSubmit={rename}
      onClose={onClose}
    >
      <FormGroup label="Name" labelFor="seed-group-name">
        <InputGroup
          id="seed-group-name"
          size="small"
          autoFocus
          maxLength={200}
          value={name}
          onValueChange={setName}
        />
      </FormGroup>
    </FormDialog>
  );
}
