/** What Assay uses of `bcrypt-pbkdf`, which comes without types. */
declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    /** The bcrypt hash at the core of bcrypt_pbkdf: two times 64 bytes in, 32 bytes written to `out`. */
    hash(sha2pass: Uint8Array, sha2salt: Uint8Array, out: Uint8Array): void;
  };
  export default bcrypt;
}
