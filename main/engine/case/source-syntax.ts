/**
 * Languages that commented sources of seeds are in. `hex0`: pairs of digits, the same for everybody. `hex1` and `hex2`: those of
 * stage0, with labels of one character and labels with names; what a reference gives depends on the machine. `bedrock-hex1` and
 * `bedrock-hex2`: those of the embedded kit, as the heads of its sources describe them.
 */
export const SOURCE_SYNTAXES = ['hex0', 'hex1', 'hex2', 'bedrock-hex1', 'bedrock-hex2'] as const;
export type SourceSyntax = (typeof SOURCE_SYNTAXES)[number];
