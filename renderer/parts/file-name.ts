/** A name made of what every file system takes, from words of a person; `otherwise` when nothing is left. */
export function plainFileName(words: string, otherwise: string): string {
  const plain = words
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|-+$/g, '');
  return plain.slice(0, 80) || otherwise;
}
