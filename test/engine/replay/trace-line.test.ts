import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joinBroken, parseTraceLine, textOfBytes } from '../../../main/engine/replay/trace-line.ts';

/** Writes bytes as strace does with -x: as they are where harmless, wholly in hex when any byte is not printable. */
function quoted(bytes: string): string {
  const plain = /^[\t-\r -~]*$/.test(bytes);
  const hex = (c: string) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  const letters: Record<string, string> = {
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\v': '\\v',
    '\f': '\\f',
    '"': '\\"',
    '\\': '\\\\',
  };
  return plain ? bytes.replace(/[\t-\r"\\]/g, c => letters[c] ?? c) : bytes.replace(/./gs, hex);
}

/** A path in angle brackets, in which those are escaped too. */
function inBrackets(bytes: string): string {
  return quoted(bytes)
    .replace(/[<>]/g, (c, at, all) => {
      const octal = c.charCodeAt(0).toString(8);
      return `\\${/[0-9]/.test(all[at + 1] ?? '') ? octal.padStart(3, '0') : octal}`;
    })
    .replaceAll('\\"', '"');
}

const bytes = fc
  .uint8Array({ maxLength: 60 })
  .map(array => Buffer.from(array).toString('latin1').replaceAll('\0', '0'));
const nasty = fc.oneof(
  bytes,
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '<',
        '>',
        ' = ',
        'resumed',
        '\n',
        '...',
        ', ',
        '[',
        '])',
        ' = 0',
        "/* 7 in strace's PID NS */",
        '+++',
        '{',
        '\xff',
        '7',
      ),
    )
    .map(parts => parts.join('')),
);

test('whatever bytes an execve has, they come back', () => {
  fc.assert(
    fc.property(
      nasty,
      fc.array(nasty, { maxLength: 5 }),
      fc.array(nasty, { maxLength: 3 }),
      (path, argv, env) => {
        const list = (items: string[]) => `[${items.map(item => `"${quoted(item)}"`).join(', ')}]`;
        const line = `12  1795350048.999165 execve("${quoted(path)}", ${list(argv)}, ${list(env)}) = 0`;
        const parsed = parseTraceLine(line);
        const string = (value: string) => ({ kind: 'string', bytes: value, cut: false });
        assert.deepEqual(parsed?.kind === 'call' && parsed.args, [
          string(path),
          { kind: 'list', items: argv.map(string) },
          { kind: 'list', items: env.map(string) },
        ]);
        assert.deepEqual(parsed?.kind === 'call' && parsed.result, {
          error: null,
          value: 0,
          path: null,
          pid: null,
        });
      },
    ),
  );
});

test('whatever bytes a path behind a descriptor has, they come back', () => {
  fc.assert(
    fc.property(nasty, nasty, nasty, (folder, name, opened) => {
      const line = `12  1795350048.999165 openat(3</${inBrackets(folder)}>, "${quoted(name)}", O_RDONLY|O_CREAT, 0600) = 5</${inBrackets(opened)}>`;
      const parsed = parseTraceLine(line);
      assert.ok(parsed?.kind === 'call');
      assert.deepEqual(parsed.args[0], { kind: 'word', text: '3', path: `/${folder}` });
      assert.deepEqual(parsed.args[1], { kind: 'string', bytes: name, cut: false });
      assert.equal(parsed.result.path, `/${opened}`);
    }),
  );
});

test('a line that is cut, or has something after its end, is never understood', () => {
  const line = `12  1795350048.999165 execve("/a\\n", ["b"], []) = -1 ENOENT (No such file or directory)`;
  assert.ok(parseTraceLine(line));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: line.length - 1 }), at => {
      assert.equal(parseTraceLine(line.slice(0, at)), null);
    }),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), rest => assert.equal(parseTraceLine(line + rest), null)),
  );
});

test('anything else is not understood and never thrown over', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), nasty), text => {
      const parsed = parseTraceLine(`7 1.5 openat(${text}`);
      assert.ok(parsed === null || parsed.kind === 'call' || parsed.kind === 'moved');
      parseTraceLine(text);
    }),
  );
  for (const line of [
    '7 1.5 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>',
    ', child_tidptr=0x211bf690)              = 4',
    '7 1.5 <... openat resumed>) = 3',
    '7 1.5 open("a\\q", O_RDONLY) = 3',
    '7 1.5 open("a", O_RDONLY) = ?',
  ]) {
    assert.equal(parseTraceLine(line), null, line);
  }
});

test('children are known by the number the observer has for them', () => {
  const parsed = parseTraceLine("7  1.5 vfork()         = 4 /* 7279 in strace's PID NS */");
  assert.deepEqual(parsed?.kind === 'call' && parsed.result, {
    error: null,
    value: 4,
    path: null,
    pid: 7279,
  });
});

test('bytes that are no UTF-8 become visible codes, others stay', () => {
  assert.equal(textOfBytes('\xc3\xa9\\'), '\u00e9\\');
  assert.equal(textOfBytes('a\\\xff'), 'a\\\\\\xff');
});

test('a call that strace broke into lines is put together again', () => {
  const broken = [
    '1 2.0 execve("a <unfinished ...>',
    '") = 0',
    '1 2.0 a <unfinished ...>',
    'b <unfinished ...>',
    'c',
    'd',
    null,
  ];
  assert.deepEqual([...joinBroken(broken)], ['1 2.0 execve("a") = 0', '1 2.0 abc', 'd', null]);
  assert.deepEqual([...joinBroken(['a <unfinished ...>'])], [null]);
});
