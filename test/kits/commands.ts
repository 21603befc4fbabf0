/** The language of kaem, read anew from the head of its page: the commands of a script, each a list of arguments. */
export function commandsOf(script: string): string[][] {
  const commands: string[][] = [];
  let [command, argument]: [string[], string] = [[], ''];
  const end = () => {
    if (argument !== '') command.push(argument);
    argument = '';
  };
  // The parts in the order in which they are tried; a quote or a backslash without its partner goes on to the end of the script.
  const parts =
    /(?<blank>[ \t]+)|(?:#[^\n]*)?(?<newline>\n)|#[^\n]*$|"(?<quoted>[^"]*)(?<closed>"?)|\\(?:.|$)|(?<plain>[^ \t\n#"\\]+)/gs;
  for (const { groups = {} } of script.matchAll(parts)) {
    if (groups.newline !== undefined) {
      end();
      if (command.length > 0) commands.push(command);
      command = [];
    } else if (groups.quoted !== undefined) {
      if (groups.closed === '') break;
      argument += groups.quoted;
      end();
    } else if (groups.plain !== undefined) argument += groups.plain;
    else end();
  }
  return commands;
}
