import { FormGroup, InputGroup, SegmentedControl } from '@blueprintjs/core';
import type { Preferences } from '../../main/contract/desktop.ts';

export type Person = NonNullable<Preferences['person']>;

/** Before anybody said who works here. */
export const NOBODY: Person = { name: '', role: 'auditor' };

interface PersonFieldsProps {
  readonly person: Person;
  readonly onChange: (person: Person) => void;
  readonly focused?: boolean;
}

const ROLES: readonly { readonly value: Person['role']; readonly label: string }[] = [
  { value: 'auditor', label: 'Auditor' },
  { value: 'reviewer', label: 'Reviewer' },
  { value: 'compliance', label: 'Compliance' },
];

/** Name and role of who works here. */
export function PersonFields({ person, onChange, focused = false }: PersonFieldsProps) {
  return (
    <>
      <FormGroup
        label="Your name"
        labelFor="person-name"
        helperText="Written beside every event and on the report."
      >
        <InputGroup
          id="person-name"
          size="small"
          autoFocus={focused}
          maxLength={200}
          value={person.name}
          onValueChange={name => onChange({ ...person, name })}
        />
      </FormGroup>
      <FormGroup label="Your role">
        <SegmentedControl
          size="small"
          aria-label="Role"
          options={[...ROLES]}
          value={person.role}
          onValueChange={role => onChange({ ...person, role: role as Person['role'] })}
        />
      </FormGroup>
    </>
  );
}
