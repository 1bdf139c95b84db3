// Checks the committed vectors with tools that share no code with this project:
//   canonicalize (RFC 8785), jose (RFC 7516), @sd-jwt/utils (RFC 9901), node:crypto (SHA-256).
// Usage: node verify.mjs <folder of vectors>. Prints one line for each record; any difference ends it with an error.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Disclosure } from '@sd-jwt/utils';
import canonicalize from 'canonicalize';
import { base64url, compactDecrypt } from 'jose';

const folder = process.argv[2];
const utf8 = new TextDecoder('utf-8', { fatal: true });
const sha256 = (...parts) => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
};
const leafOf = (bytes) => sha256(Uint8Array.of(0), bytes).toString('base64url');
const hasher = { alg: 'sha-256', hasher: (data) => new Uint8Array(sha256(data)) };

const heads = new Map();
for (const file of readdirSync(folder).filter((name) => name.endsWith('.record')).sort()) {
  const record = readFileSync(join(folder, file));
  const expected = JSON.parse(readFileSync(join(folder, file.replace(/\.record$/, '.json')), 'utf8'));

  // Lines: one header, as many bodies as digests, nothing after the last line feed.
  const lines = record.toString('latin1').split('\n');
  assert.equal(lines.pop(), '', 'ends with a line feed');
  const headerBytes = record.subarray(0, record.indexOf(0x0a));
  const header = JSON.parse(utf8.decode(headerBytes));
  const bodies = lines.slice(1);
  assert.equal(bodies.length, header._sd.length, 'a body for each digest');
  assert.equal(header.kid, expected.kid);

  // RFC 8785: another implementation writes the same bytes.
  assert.deepEqual(Buffer.from(canonicalize(header), 'utf8'), Buffer.from(headerBytes), 'canonical header');

  // The chain.
  const head = heads.get(header.sid) ?? { seq: 0, leaf: leafOf(Buffer.from(`quikapp/genesis/v1/${header.sid}`)), iat: 0 };
  assert.equal(header.seq, head.seq + 1, 'seq');
  assert.equal(header.prev, head.leaf, 'prev');
  assert.ok(header.iat > head.iat, 'iat rises');
  const leaf = leafOf(headerBytes);
  assert.equal(leaf, expected.leaf, 'leaf');
  heads.set(header.sid, { seq: header.seq, leaf, iat: header.iat });

  // RFC 7516: another implementation decrypts; RFC 9901: another implementation finds the digest and the body.
  for (const [index, body] of bodies.entries()) {
    const { plaintext, protectedHeader } = await compactDecrypt(body, base64url.decode(expected.key), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    assert.deepEqual({ ...protectedHeader }, { alg: 'dir', enc: 'A256GCM', kid: header.kid }, 'protected header');
    const disclosure = new TextDecoder('ascii').decode(plaintext);
    assert.equal(disclosure, expected.disclosure, 'disclosure');

    const opened = Disclosure.fromEncodeSync(disclosure, hasher);
    assert.equal(opened.digestSync(hasher), header._sd[index], '_sd');
    assert.equal(opened.salt, expected.salt, 'salt');
    assert.equal(base64url.decode(opened.salt).length, 16, 'salt length');
    assert.equal(opened.key, 'body');
    assert.deepEqual(opened.value, expected.body, 'body');
    assert.equal(canonicalize([opened.salt, 'body', opened.value]), utf8.decode(base64url.decode(disclosure)), 'canonical body');
  }

  console.log(`ok ${file}`);
}
