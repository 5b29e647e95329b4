import { aspnetIdentity } from "./aspnet-identity.ts";
import { auth0 } from "./auth0.ts";
import { clerk } from "./clerk.ts";
import { cognito } from "./cognito.ts";
import { devise } from "./devise.ts";
import { django } from "./django.ts";
import { drupal } from "./drupal.ts";
import { entra, entraB2c } from "./entra.ts";
import { excel } from "./excel.ts";
import { firebase } from "./firebase.ts";
import { fusionauth } from "./fusionauth.ts";
import { keycloak } from "./keycloak.ts";
import { laravel } from "./laravel.ts";
import { ping } from "./ping.ts";
import type { Preset } from "./preset.ts";
import { springSecurity } from "./spring-security.ts";
import { stytch } from "./stytch.ts";
import { supabase } from "./supabase.ts";
import { wordpress } from "./wordpress.ts";

const ALL = [
  auth0,
  firebase,
  cognito,
  keycloak,
  entra,
  entraB2c,
  supabase,
  clerk,
  fusionauth,
  ping,
  stytch,
  excel,
  django,
  devise,
  laravel,
  wordpress,
  drupal,
  aspnetIdentity,
  springSecurity,
] as const;

/** The name of a preset. */
export type PresetName = (typeof ALL)[number]["name"];

/** All presets: identity providers first, then files and tables. */
export const PRESETS: readonly Preset<PresetName>[] = ALL;

/** The names of all presets, in their order. */
export const PRESET_NAMES = ALL.map(({ name }) => name) as [PresetName, ...PresetName[]];

/** The preset of a name. */
export function presetOf(name: PresetName): Preset<PresetName> {
  const found = PRESETS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError("there is no such preset");
  return found;
}
