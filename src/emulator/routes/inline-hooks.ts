import { type HookRecord, PASSWORD_IMPORT } from "../hooks/hook-record.ts";
import { readCommands, readVerdict } from "../hooks/password-import.ts";
import { readHookName, readHookTarget, readHookType } from "../hooks/read-hook.ts";
import { renderHook } from "../hooks/render-hook.ts";
import { noteEvents } from "../log/note-events.ts";
import { isRecord } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import { malformedBody, notFound, validationFailed, wrongStatus } from "../org/org-refusal.ts";
import {
  type Answer,
  bodyOf,
  EMPTY_ANSWER,
  jsonAnswer,
  parameterOf,
  queryOf,
  type RoutedCall,
} from "./call.ts";

const ID_TAIL = 17;

/** `GET /api/v1/inlineHooks`, all or those of a `type`. */
export function listHooks(org: Org, call: RoutedCall): Answer {
  const type = queryOf(call).get("type");
  const hooks = [...org.hooks.values()].filter((hook) => type === null || hook.type === type);
  return jsonAnswer(`[${hooks.map((hook) => renderHook(org, hook, call.origin)).join()}]`);
}

/** `POST /api/v1/inlineHooks`: active at once. One password import hook per org. */
export function createHook(org: Org, call: RoutedCall): Answer {
  const body = bodyOf(call);
  const type = readHookType(body);
  const createdAt = org.now();
  const hook: HookRecord = {
    id: `cal${org.token(ID_TAIL)}`,
    type,
    createdAt,
    name: readHookName(body),
    target: readHookTarget(body),
    updatedAt: createdAt,
    status: "ACTIVE",
  };
  const others = [...org.hooks.values()];
  if (type === PASSWORD_IMPORT && others.some((other) => other.type === type)) {
    throw validationFailed("type", "type: An org has one hook of this type");
  }
  org.hooks.set(hook.id, hook);
  return jsonAnswer(renderHook(org, hook, call.origin));
}

/** `GET /api/v1/inlineHooks/{id}`. */
export function getHook(org: Org, call: RoutedCall): Answer {
  return jsonAnswer(renderHook(org, hookOf(org, call), call.origin));
}

/** `POST /api/v1/inlineHooks/{id}`: what the body does not name stays, a secret too. */
export function patchHook(org: Org, call: RoutedCall): Answer {
  const hook = hookOf(org, call);
  const body = bodyOf(call);
  const name = "name" in body ? readHookName(body) : hook.name;
  const target = "channel" in body ? readHookTarget(body, hook.target) : hook.target;
  return changeHook(org, call, { ...hook, name, target });
}

/** `PUT /api/v1/inlineHooks/{id}`: its type stays. */
export function replaceHook(org: Org, call: RoutedCall): Answer {
  const hook = hookOf(org, call);
  const body = bodyOf(call);
  return changeHook(org, call, {
    ...hook,
    name: readHookName(body),
    target: readHookTarget(body),
  });
}

/** `DELETE /api/v1/inlineHooks/{id}`, once it is inactive. */
export function deleteHook(org: Org, call: RoutedCall): Answer {
  const hook = hookOf(org, call);
  if (hook.status === "ACTIVE") throw wrongStatus();
  org.hooks.delete(hook.id);
  return EMPTY_ANSWER;
}

/** `POST /api/v1/inlineHooks/{id}/lifecycle/activate`. */
export function activateHook(org: Org, call: RoutedCall): Answer {
  return changeHook(org, call, { ...hookOf(org, call), status: "ACTIVE" });
}

/** `POST /api/v1/inlineHooks/{id}/lifecycle/deactivate`. */
export function deactivateHook(org: Org, call: RoutedCall): Answer {
  return changeHook(org, call, { ...hookOf(org, call), status: "INACTIVE" });
}

/**
 * `POST /api/v1/inlineHooks/{id}/execute`: sends the body to the hook and answers what it answered.
 *
 * @see docs/okta/password-hook.md#trying-it-out
 */
export async function executeHook(org: Org, call: RoutedCall): Promise<Answer> {
  const hook = hookOf(org, call);
  const { data, eventType = hook.type } = bodyOf(call);
  if (!isRecord(data)) throw malformedBody();
  if (eventType !== hook.type) {
    throw validationFailed("eventType", "eventType: Not the type of this hook");
  }
  if (hook.status !== "ACTIVE") throw failed("it is not active");
  const { hookTimeoutMs: timeoutMs } = org.manners;
  const reply = await org.hookCaller.call({ target: hook.target, body: call.body, timeoutMs });
  const read = hook.type === PASSWORD_IMPORT ? readVerdict(reply) : readCommands(reply);
  const failure = "why" in read ? { result: "FAILURE" as const, reason: read.why } : {};
  noteEvents(org, call, { type: "inline_hook.executed", hook, ...failure });
  if ("why" in read) throw failed(read.why);
  return reply.kind === "answer" && reply.body !== undefined && reply.status !== 204
    ? jsonAnswer(reply.body)
    : EMPTY_ANSWER;
}

function failed(why: string): ReturnType<typeof validationFailed> {
  return validationFailed("inlineHook", `The inline hook could not be executed: ${why}`);
}

function changeHook(org: Org, call: RoutedCall, hook: HookRecord): Answer {
  const changed = { ...hook, updatedAt: org.now() };
  org.hooks.set(hook.id, changed);
  return jsonAnswer(renderHook(org, changed, call.origin));
}

function hookOf(org: Org, call: RoutedCall): HookRecord {
  const id = parameterOf(call, 0);
  const hook = org.hooks.get(id);
  if (hook === undefined) throw notFound(id, "InlineHook");
  return hook;
}
