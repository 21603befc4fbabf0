import { FormGroup, HTMLSelect, InputGroup, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { ask } from '../../engine/index.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';

interface NewFindingProps {
  /** What the fields say at first. */
  readonly message?: string;
  readonly where?: string;
  readonly onClose: () => void;
  readonly onRaised: (key: string) => void;
}

/** A finding that a person raises. */
export function NewFinding({ onClose, onRaised, ...first }: NewFindingProps) {
  const [severity, setSeverity] = useState<FindingRow['severity']>('medium');
  const [message, setMessage] = useState(first.message ?? '');
  const [where, setWhere] = useState(first.where ?? '');
  const ready = message.trim() !== '' && where.trim() !== '';
  const raise = async () => {
    const { key } = await ask('findings.raise', { severity, message: message.trim(), where: where.trim() });
    onRaised(key);
    onClose();
  };
  return (
    <FormDialog
      title="New finding"
      action="Raise finding"
      failed="The finding was not raised"
      missing={ready ? null : 'Say what is wrong, and what it is about.'}
      note="It is printed in the report with your name."
      onSubmit={raise}
      onClose={onClose}
    >
      <FormGroup label="What is wrong" labelFor="finding-message">
        <TextArea
          id="finding-message"
          fill
          autoFocus
          maxLength={500}
          value={message}
          onChange={event => setMessage(event.currentTarget.value)}
        />
      </FormGroup>
      <FormGroup label="What it is about" labelFor="finding-where" helperText="A path, a step or a seed.">
        <InputGroup id="finding-where" size="small" maxLength={1024} value={where} onValueChange={setWhere} />
      </FormGroup>
      <FormGroup label="Severity" labelFor="finding-severity">
        <HTMLSelect
          id="finding-severity"
          value={severity}
          onChange={event => setSeverity(event.currentTarget.value as FindingRow['severity'])}
          options={['high', 'medium', 'low', 'note']}
        />
      </FormGroup>
    </FormDialog>
  );
}
