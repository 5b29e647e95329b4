// Okta's calls for people who sign in, right and wrong.
import { request } from "node:http";

/** Asks a replica; resolves with its verdict, its status where that is an error, or `broken`. */
export function ask({ url }, { old, login, password, address }) {
  const body = JSON.stringify({
    eventType: "com.okta.user.credential.password.import",
    data: {
      context: {
        request: { id: "req1", ipAddress: address },
        credential: { username: login, password },
      },
    },
  });
  return new Promise((resolve) => {
    const asking = request(
      url,
      { method: "POST", headers: { authorization: old.secret } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (more) => (text += more));
        response.on("end", () => resolve(verdictOf(response.statusCode, text)));
        response.on("error", () => resolve("broken"));
      },
    );
    asking.on("error", () => resolve("broken"));
    asking.end(body);
  });
}

function verdictOf(status, text) {
  if (status !== 200) return String(status);
  const { commands } = JSON.parse(text);
  return commands[0].value.credential;
}

/** What may be said of each kind of call; errors and broken connections may always be. */
const ALLOWED = { right: "VERIFIED", wrong: "UNVERIFIED", unknown: "UNVERIFIED" };

/** Calls both replicas, also the one that is just dead, until the signal fires. */
export async function callUntil(signal, { choices, callers, old, replicas, note }) {
  const callOnce = async () => {
    const { login, password } = choices.one(old.users);
    const kind = choices.one(["right", "right", "wrong", "unknown"]);
    // From anywhere, so that no pair is wrong so often that it is held.
    const address = `10.${choices.whole(0, 255)}.${choices.whole(0, 255)}.${choices.whole(1, 254)}`;
    const answer = await ask(choices.one(replicas), {
      old,
      login: kind === "unknown" ? `no-${login}` : login,
      password: kind === "wrong" ? `${password}x` : password,
      address,
    });
    const isTelling = answer === "VERIFIED" || answer === "UNVERIFIED";
    const isWrong = isTelling && answer !== ALLOWED[kind];
    const isOdd = !isTelling && answer !== "broken" && answer !== "503";
    note(kind, answer, isWrong || isOdd ? `${kind} was answered ${answer}` : undefined);
    // A dead port answers at once: others get the machine meanwhile.
    if (answer === "broken") await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const call = async () => {
    while (!signal.aborted) await callOnce();
  };
  await Promise.all(Array.from({ length: callers }, call));
}
