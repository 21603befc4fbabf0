import { useStore } from '../engine/index.ts';
import { Kbd } from '../parts/Kbd.tsx';
import { Modal } from '../parts/Modal.tsx';
import { type Command, type CommandGroup, commands } from './registry.ts';

/** Every shortcut that works here and now. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const withKeys = useStore(commands).filter(each => each.keys !== undefined);
  const groups = [...new Set(withKeys.map(each => each.group))];
  return (
    <Modal
      title="Keyboard shortcuts"
      onClose={onClose}
      width={720}
      note="Single keys act only where no text is edited; Preferences can switch them off."
    >
      <div className="sheet">
        {groups.map(group => (
          <Shortcuts key={group} group={group} list={withKeys.filter(each => each.group === group)} />
        ))}
        <section>
          <h2>Everywhere</h2>
          <dl>
            <dt>Leave a list, a tree or bytes</dt>
            <dd>
              <Kbd keys="Tab" />
            </dd>
            <dt>Close or cancel the topmost</dt>
            <dd>
              <Kbd keys="Esc" />
            </dd>
          </dl>
        </section>
      </div>
    </Modal>
  );
}

function Shortcuts({ group, list }: { readonly group: CommandGroup; readonly list: readonly Command[] }) {
  return (
    <section>
      <h2>{group}</h2>
      <dl>
        {list.map(command => (
          <div key={command.id}>
            <dt className={command.enabled === false ? 't3' : undefined}>{command.title}</dt>
            <dd>
              <Kbd keys={command.keys ?? ''} />
              <span className="unseen">{command.keys}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
