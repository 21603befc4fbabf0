import { z } from 'zod';
import { canonicalBytes, inputError, type Sha256 } from '../../base/index.ts';

const text = z.string().min(1).max(65_536);
const digest = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** An in-toto resource descriptor, as far as Assay uses it: a name and the sha256 of the content. */
export const resourceSchema = z.strictObject({ name: text, digest });
export type Resource = z.infer<typeof resourceSchema>;

const subject = z.array(resourceSchema).min(1);

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const PROVENANCE_TYPE = 'https://slsa.dev/provenance/v1';
export const TEST_RESULT_TYPE = 'https://in-toto.io/attestation/test-result/v0.1';

/** Says that a build is one step of a chain, run alone in an empty container; `docs/` describes its parameters. */
export const STEP_BUILD_TYPE = 'https://assay.invalid/build-types/step/v1';
/** Stands for the workstation that ran a step. */
export const BUILDER_ID = 'https://assay.invalid/builders/workstation/v1';

/** SLSA Provenance v1 of one step. */
export const provenanceSchema = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject,
  predicateType: z.literal(PROVENANCE_TYPE),
  predicate: z.strictObject({
    buildDefinition: z.strictObject({
      buildType: z.literal(STEP_BUILD_TYPE),
      externalParameters: z.strictObject({
        step: text,
        argv: z.array(z.string()).min(1),
        environment: z.array(z.tuple([z.string(), z.string()])),
        cwd: text,
      }),
      resolvedDependencies: z.array(resourceSchema).min(1),
    }),
    runDetails: z.strictObject({
      builder: z.strictObject({ id: z.literal(BUILDER_ID), version: z.strictObject({ assay: text }) }),
      metadata: z.strictObject({ invocationId: text }),
    }),
  }),
});
export type Provenance = z.infer<typeof provenanceSchema>;

/** in-toto test-result v0.1: a statement that can say FAILED. */
export const testResultSchema = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject,
  predicateType: z.literal(TEST_RESULT_TYPE),
  predicate: z.strictObject({
    result: z.enum(['PASSED', 'WARNED', 'FAILED']),
    configuration: z.array(resourceSchema),
    passedTests: z.array(text),
    warnedTests: z.array(text),
    failedTests: z.array(text),
  }),
});
export type TestResult = z.infer<typeof testResultSchema>;

/** Every statement that a report may hold. */
export const statementSchema = z.discriminatedUnion('predicateType', [provenanceSchema, testResultSchema]);
export type Statement = z.infer<typeof statementSchema>;

/** A file by its path and hash. */
export interface NamedHash {
  readonly path: string;
  readonly sha256: Sha256;
}

/** What is known of one step that ran a program. */
export interface StepFacts {
  readonly step: string;
  readonly argv: readonly string[];
  readonly environment: readonly (readonly [string, string])[];
  readonly cwd: string;
  readonly program: NamedHash;
  readonly inputs: readonly NamedHash[];
  /** At least one: a statement needs a subject. */
  readonly outputs: readonly NamedHash[];
  /** The version of Assay that ran it. */
  readonly assay: string;
  /** Names this run and no other, for example case, replay and number of the step. */
  readonly invocation: string;
}

/** The provenance of what one step wrote. Throws `statement.malformed` for a step without outputs. */
export function stepProvenance(facts: StepFacts): Provenance {
  return checked(provenanceSchema, {
    _type: STATEMENT_TYPE,
    subject: facts.outputs.map(resource),
    predicateType: PROVENANCE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: STEP_BUILD_TYPE,
        externalParameters: {
          step: facts.step,
          argv: facts.argv,
          environment: facts.environment,
          cwd: facts.cwd,
        },
        resolvedDependencies: [facts.program, ...facts.inputs].map(resource),
      },
      runDetails: {
        builder: { id: BUILDER_ID, version: { assay: facts.assay } },
        metadata: { invocationId: facts.invocation },
      },
    },
  });
}

/** What a test run found. */
export interface TestFacts {
  readonly subjects: readonly NamedHash[];
  /** What the test ran with: the plan, the kit. */
  readonly configuration: readonly NamedHash[];
  readonly result: TestResult['predicate']['result'];
  readonly passed: readonly string[];
  readonly warned: readonly string[];
  readonly failed: readonly string[];
}

/** The statement of a test result. Throws `statement.malformed` when there is no subject. */
export function testResult(facts: TestFacts): TestResult {
  return checked(testResultSchema, {
    _type: STATEMENT_TYPE,
    subject: facts.subjects.map(resource),
    predicateType: TEST_RESULT_TYPE,
    predicate: {
      result: facts.result,
      configuration: facts.configuration.map(resource),
      passedTests: facts.passed,
      warnedTests: facts.warned,
      failedTests: facts.failed,
    },
  });
}

/** The canonical JSON bytes of a statement: the payload of its envelope. */
export function statementBytes(statement: Statement): Buffer {
  return canonicalBytes(statement);
}

/** Reads a statement. Only canonical JSON of a known kind is accepted. Throws `statement.malformed`. */
export function parseStatement(bytes: Uint8Array): Statement {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw malformed('it is not JSON');
  }
  const statement = checked(statementSchema, value);
  if (!canonicalBytes(statement).equals(bytes)) throw malformed('its JSON is not canonical');
  return statement;
}

function resource(file: NamedHash): Resource {
  return { name: file.path, digest: { sha256: file.sha256 } };
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw malformed(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'another shape'}`);
}

function malformed(message: string): Error {
  return inputError('statement.malformed', `this is not a statement that Assay makes: ${message}`);
}
