import { isRecord } from "../org/json.ts";
import type { HookRecord, Org } from "../org/org.ts";
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

const PASSWORD_IMPORT = "com.okta.user.credential.password.import";
const ID_TAIL = 17;

/** `GET /api/v1/inlineHooks`, all or those of a `type`. */
export function listHooks(org: Org, call: RoutedCall): Answer {
  const type = queryOf(call).get("type");
  const hooks = [...org.hooks.values()].filter((hook) => type === null || hook.type === type);
  return jsonAnswer(`[${hooks.map((hook) => renderHook(org, hook, call.origin)).join()}]`);
}

/** `POST /api/v1/inlineHooks`: active at once. One password import hook per org. */
export function createHook(org: Org, call: RoutedCall): Answer {
  const { name, type, channel } = bodyOf(call);
  const config = isRecord(channel) ? channel["config"] : undefined;
  if (typeof name !== "string" || typeof type !== "string" || !isRecord(config)) {
    throw malformedBody();
  }
  const { uri, authScheme } = config;
  if (typeof uri !== "string" || !uri.startsWith("https://") || uri.length > 1024) {
    throw validationFailed("uri", "uri: Must be an https address of at most 1024 characters");
  }
  const others = [...org.hooks.values()];
  if (type === PASSWORD_IMPORT && others.some((hook) => hook.type === type)) {
    throw validationFailed("type", "type: An org has one hook of this type");
  }
  const headerKey = isRecord(authScheme) ? authScheme["key"] : undefined;
  const hook: HookRecord = {
    id: `cal${org.token(ID_TAIL)}`,
    name,
    type,
    uri,
    headerKey: typeof headerKey === "string" ? headerKey : undefined,
    createdAt: org.now(),
    status: "ACTIVE",
  };
  org.hooks.set(hook.id, hook);
  return jsonAnswer(renderHook(org, hook, call.origin));
}

/** `GET /api/v1/inlineHooks/{id}`. */
export function getHook(org: Org, call: RoutedCall): Answer {
  return jsonAnswer(renderHook(org, hookOf(org, call), call.origin));
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
  return turnHook(org, call, "ACTIVE");
}

/** `POST /api/v1/inlineHooks/{id}/lifecycle/deactivate`. */
export function deactivateHook(org: Org, call: RoutedCall): Answer {
  return turnHook(org, call, "INACTIVE");
}

function turnHook(org: Org, call: RoutedCall, status: HookRecord["status"]): Answer {
  const hook = hookOf(org, call);
  hook.status = status;
  return jsonAnswer(renderHook(org, hook, call.origin));
}

function hookOf(org: Org, call: RoutedCall): HookRecord {
  const id = parameterOf(call, 0);
  const hook = org.hooks.get(id);
  if (hook === undefined) throw notFound(id, "InlineHook");
  return hook;
}

function renderHook(org: Org, hook: HookRecord, origin: string): string {
  const created = org.isoOf(hook.createdAt);
  const href = `${origin}/api/v1/inlineHooks/${hook.id}`;
  const key = hook.headerKey;
  return JSON.stringify({
    id: hook.id,
    status: hook.status,
    name: hook.name,
    type: hook.type,
    version: "1.0.0",
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: hook.uri,
        headers: [],
        method: "POST",
        authScheme: key === undefined ? null : { type: "HEADER", key },
      },
    },
    created,
    lastUpdated: created,
    _links: {
      self: { href },
      execute: { href: `${href}/execute`, hints: { allow: ["POST"] } },
      deactivate: { href: `${href}/lifecycle/deactivate`, hints: { allow: ["POST"] } },
    },
  });
}
