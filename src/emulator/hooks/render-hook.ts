import type { Org } from "../org/org.ts";
import type { HookRecord } from "./hook-record.ts";

/** The InlineHook object, as JSON; values of headers and secrets are never in it. */
export function renderHook(org: Org, hook: HookRecord, origin: string): string {
  const href = `${origin}/api/v1/inlineHooks/${hook.id}`;
  const { uri, authorization } = hook.target;
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
        uri,
        headers: [],
        method: "POST",
        authScheme: authorization === undefined ? null : { type: "HEADER", key: authorization.key },
      },
    },
    created: org.isoOf(hook.createdAt),
    lastUpdated: org.isoOf(hook.updatedAt),
    _links: { self: { href }, ...links(hook, href) },
  });
}

function links(hook: HookRecord, href: string): object {
  if (hook.status === "ACTIVE") {
    return {
      execute: link(`${href}/execute`, "POST"),
      deactivate: link(`${href}/lifecycle/deactivate`, "POST"),
    };
  }
  return { activate: link(`${href}/lifecycle/activate`, "POST"), delete: link(href, "DELETE") };
}

function link(href: string, method: string): object {
  return { href, hints: { allow: [method] } };
}
