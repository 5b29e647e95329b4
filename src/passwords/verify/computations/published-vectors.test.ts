import { describe, expect, it } from "vitest";
import type {
  Argon2Computation,
  BcryptComputation,
  Computation,
  CryptComputation,
  Digest,
  DigestComputation,
  HmacComputation,
  Pbkdf2Computation,
  PhpassComputation,
  ScryptComputation,
} from "../../formats/computation.ts";
import { checkComputation } from "./check-computation.ts";
import { crypt64Value } from "./crypt64.ts";

/** A hash that someone else published with its password, and where. */
interface Vector {
  readonly source: string;
  readonly password: string;
  readonly computation: Computation;
}

const hex = (text: string): Uint8Array => Buffer.from(text, "hex");
const base64 = (text: string): Uint8Array => Buffer.from(text, "base64");
const utf8 = (text: string): Uint8Array => Buffer.from(text);
const NO_SALT = new Uint8Array();

function bcrypt(text: string): BcryptComputation {
  return {
    kind: "bcrypt",
    preparation: [],
    version: text.slice(1, 3) as BcryptComputation["version"],
    cost: Number(text.slice(4, 6)),
    salt: text.slice(7, 29),
    value: text.slice(29),
  };
}

function crypt(scheme: CryptComputation["scheme"], text: string): CryptComputation {
  return { kind: "crypt", preparation: [], scheme, text };
}

function phpass(digest: PhpassComputation["digest"], text: string): PhpassComputation {
  const logRounds = crypt64Value(text[3]);
  const [salt, value] = [text.slice(4, 12), text.slice(12)];
  return { kind: "phpass", preparation: [], digest, logRounds, salt, value };
}

function digest(name: Digest, value: string): DigestComputation {
  const plain = { salted: "none", salt: NO_SALT, rounds: 1, again: "digest" } as const;
  return { kind: "digest", preparation: [], digest: name, ...plain, value: hex(value) };
}

function ntlm(value: string): DigestComputation {
  return { ...digest("md4", value), preparation: [{ step: "utf16le" }] };
}

function hmac(name: Digest, key: string, value: string): HmacComputation {
  const keyed = { keyed: "salt", salt: utf8(key) } as const;
  return { kind: "hmac", preparation: [], digest: name, ...keyed, value: hex(value) };
}

function pbkdf2(of: Omit<Pbkdf2Computation, "kind" | "preparation">): Pbkdf2Computation {
  return { kind: "pbkdf2", preparation: [], ...of };
}

function scrypt(of: Omit<ScryptComputation, "kind" | "preparation">): ScryptComputation {
  return { kind: "scrypt", preparation: [], ...of };
}

function argon2(of: Pick<Argon2Computation, "variant" | "lanes" | "tag" | "version">): Computation {
  const settings = { memoryKib: 65_536, passes: 2, salt: utf8("somesalt") };
  return { kind: "argon2", preparation: [], ...settings, ...of };
}

const BLOWFISH = "crypt_blowfish 1.3, wrapper.c";
const SHA_CRYPT = "https://www.akkadia.org/drepper/SHA-crypt.txt";
const ARGON2 = "phc-winner-argon2, README.md and src/test.c";
const LONG_TEXT =
  "a very much longer text to encrypt.  This one even stretches over morethan one line.";
/** What the tables below were made with, where nobody published any. */
const PERL = `libxcrypt 4.4.33: perl -e 'print crypt("<password>", q(<setting>))'`;

const VECTORS: readonly Vector[] = [
  {
    source: BLOWFISH,
    password: "U*U",
    computation: bcrypt("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
  },
  {
    source: BLOWFISH,
    password: "U*U*U",
    computation: bcrypt("$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
  },
  {
    source: BLOWFISH,
    password: "",
    computation: bcrypt("$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
  },
  {
    source: BLOWFISH,
    password:
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored",
    computation: bcrypt("$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"),
  },
  {
    source: "RFC 1320, A.5",
    password: "abc",
    computation: digest("md4", "a448017aaf21d8525fc10ae87aa6729d"),
  },
  {
    source: "RFC 1321, A.5",
    password: "message digest",
    computation: digest("md5", "f96b697d7cb7938d525a2f31aaf161d0"),
  },
  {
    source: "FIPS 180-1, appendix A",
    password: "abc",
    computation: digest("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
  },
  {
    source: "RFC 3874, 3.1",
    password: "abc",
    computation: digest("sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
  },
  {
    source: "FIPS 180-2, appendix B",
    password: "abc",
    computation: digest(
      "sha256",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
  },
  {
    source: "FIPS 180-2, appendix D",
    password: "abc",
    computation: digest(
      "sha384",
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    ),
  },
  {
    source: "FIPS 180-2, appendix C",
    password: "abc",
    computation: digest(
      "sha512",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ),
  },
  {
    source: "MS-NLMP, 4.2.2.1.2",
    password: "Password",
    computation: ntlm("a4f49c406510bdcab6824ee7c30fd852"),
  },
  {
    source: "RFC 2202, test case 2",
    password: "what do ya want for nothing?",
    computation: hmac("md5", "Jefe", "750c783e6ab0b503eaa86e310a5db738"),
  },
  {
    source: "RFC 2202, test case 2",
    password: "what do ya want for nothing?",
    computation: hmac("sha1", "Jefe", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
  },
  {
    source: "RFC 4231, test case 2, the password as the key",
    password: "Jefe",
    computation: {
      ...hmac(
        "sha256",
        "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      ),
      keyed: "password",
    },
  },
  {
    source: "RFC 6070",
    password: "password",
    computation: pbkdf2({
      digest: "sha1",
      rounds: 4096,
      salt: utf8("salt"),
      key: hex("4b007901b765489abead49d926f721d065a429c1"),
    }),
  },
  {
    source: "RFC 6070, with a NUL",
    password: "pass\0word",
    computation: pbkdf2({
      digest: "sha1",
      rounds: 4096,
      salt: utf8("sa\0lt"),
      key: hex("56fa6aa75548099dcc37d7f03425e0c3"),
    }),
  },
  {
    source: "RFC 7914, 11",
    password: "passwd",
    computation: pbkdf2({
      digest: "sha256",
      rounds: 1,
      salt: utf8("salt"),
      key: hex(
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
      ),
    }),
  },
  {
    source: ARGON2,
    password: "password",
    computation: argon2({
      variant: "i",
      version: 19,
      lanes: 4,
      tag: hex("45d7ac72e76f242b20b77b9bf9bf9d5915894e669a24e6c6"),
    }),
  },
  {
    source: ARGON2,
    password: "password",
    computation: argon2({
      variant: "id",
      version: 19,
      lanes: 1,
      tag: hex("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"),
    }),
  },
  {
    source: `${ARGON2}, version 16`,
    password: "password",
    computation: argon2({
      variant: "i",
      version: 16,
      lanes: 1,
      tag: hex("f6c4db4a54e2a370627aff3db6176b94a2a209a62c8e36152711802f7b30c694"),
    }),
  },
  {
    source: "RFC 7914, 12",
    password: "",
    computation: scrypt({
      cost: 16,
      blockSize: 1,
      parallelization: 1,
      salt: NO_SALT,
      key: hex(
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
      ),
    }),
  },
  {
    source: "RFC 7914, 12",
    password: "password",
    computation: scrypt({
      cost: 1024,
      blockSize: 8,
      parallelization: 16,
      salt: utf8("NaCl"),
      key: hex(
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
      ),
    }),
  },
  {
    source: "https://github.com/firebase/scrypt, README",
    password: "user1password",
    computation: {
      kind: "firebase-scrypt",
      preparation: [],
      signerKey: base64(
        "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
      ),
      saltSeparator: base64("Bw=="),
      rounds: 8,
      memCost: 14,
      salt: base64("42xEC+ixf3L2lw=="),
      value: base64(
        "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
      ),
    },
  },
  {
    source: "glibc, crypt/md5c-test.c",
    password: "Hello world!",
    computation: crypt("md5", "$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1"),
  },
  {
    source: "https://httpd.apache.org/docs/2.4/misc/password_encryptions.html",
    password: "myPassword",
    computation: crypt("apr1", "$apr1$r31.....$HqJZimcKQFAMYayBlzkrA/"),
  },
  {
    source: SHA_CRYPT,
    password: "Hello world!",
    computation: crypt(
      "sha256",
      "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
    ),
  },
  {
    source: SHA_CRYPT,
    password: LONG_TEXT,
    computation: crypt(
      "sha256",
      "$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1",
    ),
  },
  {
    source: SHA_CRYPT,
    password: "Hello world!",
    computation: crypt(
      "sha512",
      "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
    ),
  },
  {
    source: SHA_CRYPT,
    password: LONG_TEXT,
    computation: crypt(
      "sha512",
      "$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1",
    ),
  },
  {
    source: PERL,
    password: "correct horse",
    computation: crypt(
      "yescrypt",
      "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$zwtVrjrUCmXcyLTs6oxLTQlzifSUkF8RHJ./tK5KU79",
    ),
  },
  {
    source: PERL,
    password: "",
    computation: crypt("yescrypt", "$y$j75$$k3/RXWgfuXdQ./MyGwcEs.LrD4d.k/Vvg9CTtKCC1.B"),
  },
  {
    source: "phpass 0.3, test.php",
    password: "test12345",
    computation: phpass("md5", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"),
  },
  {
    source: "John the Ripper, drupal7_fmt_plug.c",
    password: "password",
    computation: phpass("sha512", "$S$CFURCPa.k6FAEbJPgejaW4nijv7rYgGc4dUJtChQtV4KLJTPTC/u"),
  },
];

describe("a hash that was published with its password", () => {
  const named = VECTORS.map((vector, index) => ({
    ...vector,
    name: `${vector.computation.kind}, number ${index + 1}`,
  }));

  it.each(named)("is right for it and wrong for others: $name", ({ password, computation }) => {
    const check = (text: string): boolean => checkComputation(computation, utf8(text));
    expect(check(password)).toBe(true);
    expect(check(`x${password}`)).toBe(false);
    expect(check(password === "" ? "another" : "")).toBe(false);
  });

  it("is right for yescrypt in eleven lanes as well, the first of its author's tests", () => {
    const text = "$y$jD5.7$LdJMENpBABJJ3hIHjB1Bi.$HboGM6qPrsK.StKYGt6KErmUYtioHreJd98oIugoNB6";
    expect(checkComputation(crypt("yescrypt", text), utf8("pleaseletmein"))).toBe(true);
  });
});
