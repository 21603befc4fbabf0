import { Button, FormGroup, HTMLSelect, InputGroup, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { ask, asProblem } from '../../engine/index.ts';
import { Modal } from '../../parts/Modal.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';

interface NewFindingProps {
  readonly onClose: () => void;
  readonly onRaised: (key: string) => void;
}

/** A finding that a person raises. */
export function NewFinding({ onClose, onRaised }: NewFindingProps) {
  const [severity, setSeverity] = useState<FindingRow['severity']>('medium');
  const [message, setMessage] = useState('');
  const [where, setWhere] = useState('');
  const [problem, setProblem] = useState<EngineProblem | null>(null);
  const ready = message.trim() !== '' && where.trim() !== '';
  const raise = async () => {
    try {
      const { key } = await ask('findings.raise', { severity, message: message.trim(), where: where.trim() });
      onRaised(key);
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Modal
      title="New finding"
      onClose={onClose}
      note="It is printed in the report with your name."
      actions={
        <>
          <Button size="small" onClick={onClose}>
            Cancel
          </Button>
          <Button size="small" intent="primary" disabled={!ready} onClick={() => void raise()}>
            Raise finding
          </Button>
        </>
      }
    >
      {problem && <ProblemPanel title="The finding was not raised" problem={problem} />}
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
    </Modal>
  );
}
