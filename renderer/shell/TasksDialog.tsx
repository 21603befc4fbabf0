import { Modal } from '../parts/Modal.tsx';
import { TaskList } from './TaskList.tsx';

/** Everything that runs. */
export function TasksDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal title="Tasks" onClose={onClose} width={560}>
      <TaskList />
    </Modal>
  );
}
