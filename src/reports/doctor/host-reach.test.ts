import { describe, expect, it } from "vitest";
import { hostReach } from "./host-reach.ts";

describe("where a host is", () => {
  it.each([
    ["localhost", "loopback"],
    ["db.localhost", "loopback"],
    ["127.0.0.1", "loopback"],
    ["127.9.9.9", "loopback"],
    ["[::1]", "loopback"],
    ["[::ffff:7f00:1]", "loopback"],
    ["10.1.2.3", "private"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.168.1.1", "private"],
    ["169.254.10.10", "private"],
    ["100.64.0.1", "private"],
    ["[fd12:3456::1]", "private"],
    ["[fe80::1]", "private"],
    ["[::ffff:a00:1]", "private"],
    ["db", "private"],
    ["db.corp", "private"],
    ["ldap.example.internal", "private"],
    ["DB.Lan.", "private"],
    ["172.32.0.1", "public"],
    ["172.15.0.1", "public"],
    ["11.0.0.1", "public"],
    ["100.128.0.1", "public"],
    ["8.8.8.8", "public"],
    ["[2001:db8::1]", "public"],
    ["db.example.com", "name"],
    ["10.example.com", "name"],
  ])("%s is %s", (host, reach) => {
    expect(hostReach(host)).toBe(reach);
  });
});
