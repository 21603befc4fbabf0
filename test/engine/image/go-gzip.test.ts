import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { GoGzip, goGzip } from '../../../main/engine/image/index.ts';
import { goProgram, noGo } from './go.ts';
import { SAMPLES } from './samples.ts';

/** Sha256 of what Go 1.19.8 makes of each sample in one write. */
const GO: Record<string, string> = {
  empty: '30e6fa98fb48c2b132824d1ac5e2243c0be9e9082ff32598d34d7687ca7f6c7f',
  'one byte': 'f1a7c8e8de042bc4fa970708757b62042de31814df7516c674d1379535f4ec21',
  'a few bytes': 'd414d09e530bf572f5c41cfdc31184a96409224492a8cd6fd049a8c47638354a',
  zeros: '37a5dc016e05f8eea9b19b8d12908eb396f8701e8b73280d1ebe1e22f4480bf5',
  'noise, a block': '3ad07e4541ea137a2b6c0140edccff59b8e25533080e46d40ba1a194004a6894',
  'noise, more': '72f7d7007f896cf85e24866812a17cda44fbbb4d4d7cc048a7d6ec36adc91cab',
  'four letters': '22617b41942db4ac5c48e3bfa267648fcbe311edcd427426818f25a9c06d7284',
  'ninety letters': '1ab0b0f659f52553d770c50e871eaee20bfd632febd493a849b616fdf8853632',
  'repetitions, a window': '385fec4fd83199fd3b89962eb99251e251c741b9bc1aa32c4546282fafe8022e',
  'repetitions, more': '6d4006709b0d28e674aaa349dc87ca3a8a207caf27acfe220e9af27fd6a52710',
  'far repetition': '18bbfe47d4ab55f737a62f1bf8fbd949a1f158894c8eea6cef71e9f52d2c19cb',
  'all kinds': 'acc40e513be1e0043a575fde9b11dfb145aa85730e20cd681ce26fda77c05cdf',
};
/** Likewise in writes of 65535 bytes, where that gives other bytes: the window moves earlier. */
const GO_IN_WRITES: Record<string, string> = {
  'far repetition': 'ebdc21c378d609877d8ae90f9bd20a270bc10543f9d437300c82e80629f7a001',
};

function inWrites(bytes: Buffer, size: number): Buffer {
  const pieces: Buffer[] = [];
  const gzip = new GoGzip(piece => pieces.push(Buffer.from(piece)));
  for (let at = 0; at < bytes.length; at += size) gzip.write(bytes.subarray(at, at + size));
  gzip.end();
  return Buffer.concat(pieces);
}

test('samples give the bytes that Go gave', () => {
  const made = Object.entries(SAMPLES).map(([name, bytes]) => [name, sha256Of(goGzip(bytes))]);
  assert.deepEqual(Object.fromEntries(made), GO);
});

test('how input is cut into writes matters where it does to Go', () => {
  assert.ok(Object.keys(GO_IN_WRITES).length > 0);
  for (const [name, sha256] of Object.entries(GO_IN_WRITES)) {
    assert.notEqual(sha256, GO[name]);
    assert.equal(sha256Of(inWrites(SAMPLES[name] ?? Buffer.alloc(0), 65_535)), sha256, name);
  }
});

const MAIN = `package main
import ("compress/gzip"; "io"; "os"; "strconv")
func main() {
  size, _ := strconv.Atoi(os.Args[1])
  all, _ := io.ReadAll(os.Stdin)
  w := gzip.NewWriter(os.Stdout)
  for len(all) > 0 {
    n := size
    if n > len(all) { n = len(all) }
    w.Write(all[:n])
    all = all[n:]
  }
  w.Close()
}`;

test('every size of write gives the bytes that Go gives', { skip: noGo }, () => {
  const go = goProgram(MAIN);
  for (const [name, bytes] of Object.entries(SAMPLES)) {
    for (const size of [511, 4096, 32_768, 65_535, 1 << 30]) {
      assert.ok(inWrites(bytes, size).equals(go(bytes, `${size}`)), `${name} in writes of ${size}`);
    }
  }
});

test('whatever goes in comes out again', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc
      .array(fc.constantFrom('ab', 'abc', 'x', 'yyyyyyyyyy', '0123456789'), { maxLength: 2000 })
      .map(parts => Buffer.from(parts.join(''))),
  );
  fc.assert(
    fc.property(bytes, input => {
      assert.ok(gunzipSync(goGzip(input)).equals(input));
    }),
  );
});
