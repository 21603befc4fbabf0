import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Touches } from '../../../main/engine/replay/touches.ts';
import { Links } from '../../../main/engine/replay/trace-links.ts';
import { Makers } from '../../../main/engine/replay/trace-makers.ts';
import { TreeState } from '../../../main/engine/replay/tree-state.ts';
import { Watcher } from '../../../main/engine/replay/watch.ts';

/** What is made of a trace in which process 9 starts the step's program `/p`. */
function watch(lines: string[]) {
  const watcher = new Watcher({
    ...{ path: '/p', argv: ['/p'], cwd: '/', inside: path => path },
    ...{ links: new Links(new TreeState(), ''), touches: new Touches(), makers: new Makers(() => false) },
  });
  for (const line of lines) watcher.add(line);
  return watcher.end();
}

const at = (pid: number, text: string) => `${pid}    1795355571.324863 ${text}`;
const START = [
  at(5, 'execve("/runtime", ["/runtime"], []) = 0'),
  at(5, 'fork() = 9'),
  at(9, 'execve("/p", ["/p"], []) = 0'),
];

test('what a runtime starts beside the running program does not count', () => {
  const thread = at(11, 'openat(AT_FDCWD</>, "/db", O_RDONLY) = 3</db>');
  // The child's own line may come before that of its making, and both after the program's start.
  const seen = watch([
    ...START,
    thread,
    at(5, 'clone(child_stack=NULL, flags=CLONE_VM|CLONE_THREAD) = 11'),
    thread,
  ]);
  assert.equal(seen.notUnderstood, 0);
  assert.deepEqual(
    seen.first?.happenings.map(each => each.kind),
    ['program'],
  );
});

test('what was opened although the tree does not have it is told with its path', () => {
  const seen = watch([...START, at(9, 'openat(AT_FDCWD</>, "/dev/urandom", O_RDONLY) = 3</dev/urandom>')]);
  assert.deepEqual(
    [...(seen.first?.program.asked.values() ?? [])],
    [{ path: '/dev/urandom', about: 'random', opened: '/dev/urandom', error: null }],
  );
});

test('a process that nobody was seen to start is not passed over', () => {
  assert.equal(watch([...START, at(11, 'openat(AT_FDCWD</>, "/x", O_RDONLY) = 3</x>')]).notUnderstood, 1);
});

test('a thread of the runtime that is cut off does not swallow the line after it', () => {
  const cut = (pid: number) => at(pid, '???(');
  const fork = at(9, "fork() = 7 /* 12 in strace's PID NS */");
  const seen = watch([...START, `${cut(5)}${fork}`]);
  assert.equal(seen.notUnderstood, 0);
  assert.deepEqual(
    seen.first?.happenings.map(each => each.kind),
    ['program', 'child'],
  );
  assert.equal(watch([...START, `${cut(9)}${fork}`]).notUnderstood, 1);
});

test('a call that a thread was killed before is none; any other that was cut off counts', () => {
  const thread = at(
    9,
    "clone(child_stack=NULL, flags=CLONE_VM|CLONE_THREAD) = 11 /* 11 in strace's PID NS */",
  );
  const [cut, end] = [at(11, '???('), at(11, '+++ exited with 0 +++')];
  const call = at(9, 'mkdir("/a", 0777) = 0');
  assert.equal(watch([...START, thread, cut + end]).notUnderstood, 0);
  assert.equal(watch([...START, thread, `${cut})           = ?`, end]).notUnderstood, 0);
  const beside = watch([...START, thread, cut + call, end]);
  assert.equal(beside.notUnderstood, 0);
  assert.deepEqual([...(beside.first?.program.uses ?? [])], ['mkdir /a']);
  assert.equal(watch([...START, thread, cut + call]).notUnderstood, 1);
  assert.equal(watch([...START, thread, cut + call, at(11, 'mkdir("/b", 0777) = 0')]).notUnderstood, 1);
});
