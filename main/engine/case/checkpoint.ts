import { inputError } from '../base/index.ts';

/** The head of a log: how many events it has and the root of the Merkle tree over them. */
export interface LogHead {
  readonly size: number;
  /** 32 bytes as 64 hexadecimal digits. */
  readonly root: string;
}

/** The origin line of a case's checkpoints, unique to the case. */
export function checkpointOrigin(caseId: string): string {
  return `assay.invalid/case/${caseId}`;
}

/** The body of a checkpoint, C2SP tlog-checkpoint: origin, size, base64 of the root, each on its line. */
export function checkpointBody(caseId: string, head: LogHead): string {
  return `${checkpointOrigin(caseId)}\n${head.size}\n${Buffer.from(head.root, 'hex').toString('base64')}\n`;
}

/** Reads the body of a checkpoint back. Throws `checkpoint.malformed`. */
export function parseCheckpointBody(body: string): { origin: string } & LogHead {
  const match = /^(assay\.invalid\/case\/[0-9a-f-]{36})\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(
    body,
  );
  if (!match?.[1] || !match[2] || !match[3]) {
    throw inputError('checkpoint.malformed', 'this is not the checkpoint of a case');
  }
  return { origin: match[1], size: Number(match[2]), root: Buffer.from(match[3], 'base64').toString('hex') };
}
