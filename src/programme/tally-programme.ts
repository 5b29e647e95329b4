import type { ImportedUser, MovedUser } from "../core/index.ts";
import { standingOf } from "./standing.ts";

const DAY_MS = 86_400_000;

/** Bounds of ages, in days; the last one has no end. */
const AGES = [0, 7, 30, 90] as const;

/** Waiting users who were created so long ago. */
export interface AgeCount {
  /** In days, from here on. */
  readonly fromDays: number;
  /** In days, up to but without; undefined: no end. */
  readonly toDays: number | undefined;
  readonly waiting: number;
}

/** Users who moved on a day. */
export interface DayCount {
  /** `2026-11-29`, by UTC. */
  readonly day: string;
  readonly moved: number;
}

/** Who has moved and who has not, in numbers alone. */
export interface ProgrammeCounts {
  readonly waiting: number;
  readonly reset: number;
  readonly aside: number;
  readonly byAge: readonly AgeCount[];
  readonly moved: number;
  readonly byDay: readonly DayCount[];
}

/** Counts users as they come by; keeps none of them. */
export class ProgrammeTally {
  readonly #nowMs: number;
  readonly #standings = { waiting: 0, reset: 0, aside: 0 };
  readonly #ages: number[] = AGES.map(() => 0);
  readonly #days = new Map<string, number>();

  /** @param nowMs from which ages are reckoned */
  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  /** Counts one whose provider is `IMPORT`. */
  addUser(user: ImportedUser): void {
    const standing = standingOf(user);
    this.#standings[standing] += 1;
    if (standing !== "waiting") return;
    const days = (this.#nowMs - user.createdAtMs) / DAY_MS;
    const at = Math.max(
      0,
      AGES.findLastIndex((from) => days >= from),
    );
    this.#ages[at] = (this.#ages[at] ?? 0) + 1;
  }

  /** Counts one who has moved. */
  addMoved({ movedAtMs }: Pick<MovedUser, "movedAtMs">): void {
    const day = new Date(movedAtMs).toISOString().slice(0, 10);
    this.#days.set(day, (this.#days.get(day) ?? 0) + 1);
  }

  /** What was counted so far. */
  counts(): ProgrammeCounts {
    const byDay = [...this.#days]
      .map(([day, moved]) => ({ day, moved }))
      .toSorted((one, other) => (one.day < other.day ? -1 : 1));
    return {
      ...this.#standings,
      byAge: AGES.map((fromDays, at) => ({
        fromDays,
        toDays: AGES[at + 1],
        waiting: this.#ages[at] ?? 0,
      })),
      moved: byDay.reduce((sum, { moved }) => sum + moved, 0),
      byDay,
    };
  }
}
