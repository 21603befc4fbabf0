import { FormGroup, InputGroup, Radio, RadioGroup } from '@blueprintjs/core';
import type { Grant } from '../../main/contract/grants.ts';
import type { Output } from '../../main/contract/requests/index.ts';
import { ask, attempt, desktop } from '../engine/index.ts';
import { ChosenPlace } from '../parts/ChosenPlace.tsx';
import { Hash } from '../parts/Hash.tsx';

/** A key that a person chose. */
export interface ChosenKey {
  readonly grant: Grant;
  readonly about: Output<'key.describe'>;
}

/** What a person said of the signature. */
export interface Signature {
  /** `demonstration`: a key that belongs to nobody. */
  readonly whose: 'own' | 'demonstration';
  readonly key: ChosenKey | null;
  readonly identity: string;
  readonly passphrase: string;
}

/** A signature of a person, before anything was said of it. */
export function unsigned(name: string): Signature {
  return { whose: 'own', key: null, identity: identityOf(name), passphrase: '' };
}

/** The part of a request that says which key signs, whose it is and its passphrase; null for a demonstration key. */
export function keyOf({ whose, key, identity, passphrase }: Signature) {
  if (whose === 'demonstration' || !key) return null;
  return { key: key.grant.grant, identity, ...(passphrase !== '' && { passphrase }) };
}

/** What a signature still lacks; null when it can be made. */
export function lacks({ whose, key, identity, passphrase }: Signature): string | null {
  if (whose === 'demonstration') return null;
  if (!key) return 'Choose the key to sign with.';
  if (!IDENTITY.test(identity))
    return 'Say who signs, as a list of signers takes it: letters, digits and . _ @ + - only.';
  if (key.about.encrypted && passphrase === '') return 'The key needs its passphrase.';
  return null;
}

const IDENTITY = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$/;

interface SigningFieldsProps {
  readonly value: Signature;
  readonly onChange: (value: Signature) => void;
  /** True where a demonstration key will not do. */
  readonly ownOnly?: boolean;
}

/** The key, who it belongs to, and its passphrase where it has one. */
export function SigningFields({ value, onChange, ownOnly = false }: SigningFieldsProps) {
  const own = value.whose === 'own';
  const choose = async () => {
    const chosen = await attempt('The key cannot be used', async () => {
      const grant = await desktop('choose.key', {});
      return grant && { grant, about: await ask('key.describe', { location: grant.grant }) };
    });
    if (chosen) onChange({ ...value, key: chosen, passphrase: '' });
  };
  return (
    <>
      {!ownOnly && (
        <RadioGroup
          aria-label="Key"
          selectedValue={value.whose}
          onChange={event => onChange({ ...value, whose: event.currentTarget.value as Signature['whose'] })}
        >
          <Radio value="own" label="A key of mine, in OpenSSH’s format (file, agent or token)" />
          <Radio
            value="demonstration"
            label="A demonstration key, which belongs to nobody and is named as such"
          />
        </RadioGroup>
      )}
      {own && (
        <>
          <FormGroup label="Key">
            <ChosenPlace
              chosen={value.key?.grant ?? null}
              action="Choose a key"
              onChoose={() => void choose()}
            />
            {value.key && (
              <p className="t2">
                {value.key.about.type} <Hash value={value.key.about.fingerprint ?? ''} digits={64} />
                {value.key.about.external && ', signed by ssh-keygen with the agent or token'}
              </p>
            )}
          </FormGroup>
          <FormGroup label="Who signs" labelFor="sign-identity" helperText="For example ines@example.org.">
            <InputGroup
              id="sign-identity"
              size="small"
              maxLength={100}
              value={value.identity}
              onValueChange={identity => onChange({ ...value, identity })}
            />
          </FormGroup>
          {value.key?.about.encrypted && (
            <FormGroup
              label="Passphrase"
              labelFor="sign-passphrase"
              helperText="It is used once and kept nowhere."
            >
              <InputGroup
                id="sign-passphrase"
                size="small"
                type="password"
                autoComplete="off"
                maxLength={1000}
                value={value.passphrase}
                onValueChange={passphrase => onChange({ ...value, passphrase })}
              />
            </FormGroup>
          )}
        </>
      )}
    </>
  );
}

/** A person's name as lists of signers take it. */
function identityOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 ._@+-]/g, '')
    .trim()
    .replaceAll(/ +/g, '.')
    .toLowerCase()
    .slice(0, 100);
}
