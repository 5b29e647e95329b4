import { decodeHex, encodeHex } from "./bytes.ts";
import type { Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { isAbsent } from "./presence.ts";
import type { StoredFormat } from "./stored-format.ts";

const MARK = /^(?:\{NT(?:HASH|LM)?\}|\$NT\$|\$3\$\$)/i;
const BARE = /^(?:0x)?([0-9a-f]{32})$/i;

/** Windows' NT hash: MD4 of the password as UTF-16, without salt. */
export const ntlm: StoredFormat<"ntlm"> = {
  name: "ntlm",
  title: "NTLM",
  writtenBy: "Active Directory, Samba, FreeRADIUS",
  looksLike: "<32 hexadecimal digits>, perhaps behind $NT$, $3$$ or {NT}",
  notCarried: "it has no MD4 and hashes UTF-8",
  isBare: true,
  recognises: (value, { salt, pepper, encoding = "hex" }) =>
    typeof value === "string" &&
    (MARK.test(value) ||
      (BARE.test(value) && isAbsent(salt) && pepper === undefined && encoding === "hex")),
  read: (value) => {
    const text = typeof value === "string" ? value.replace(MARK, "") : "";
    const bytes = decodeHex(BARE.exec(text)?.[1] ?? "");
    if (bytes?.length !== 16) return malformed("is NTLM without its 32 hexadecimal digits");
    return [{ computation: computationOf(bytes) }];
  },
  write: (computation) =>
    computation.kind === "digest" &&
    computation.digest === "md4" &&
    computation.salted === "none" &&
    computation.rounds === 1 &&
    computation.preparation.length === 1 &&
    computation.preparation[0]?.step === "utf16le"
      ? `$NT$${encodeHex(computation.value)}`
      : undefined,
};

function computationOf(value: Uint8Array): Computation {
  return {
    kind: "digest",
    preparation: [{ step: "utf16le" }],
    digest: "md4",
    salted: "none",
    salt: new Uint8Array(),
    rounds: 1,
    again: "digest",
    value,
  };
}
