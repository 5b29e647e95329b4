import { formatCount } from "../../../../reports/index.ts";
import { writeJsonLine } from "../../../output/json-lines.ts";
import { openProgressLines } from "../../../output/progress-lines.ts";
import type { PreparedRun } from "../../../run/prepare-run.ts";
import type { Session } from "../../../run/session.ts";
import type { AccountProof, Proof } from "./proof.ts";
import { ProofText } from "./proof-text.ts";

/** What is told while a source is proven. */
export interface ProofView {
  begin(prepared: PreparedRun): void;
  readonly onRead: (records: number) => void;
  readonly onAccount: (proof: AccountProof) => void;
  end(proof: Proof): void;
}

/** Tells programs line by line, or people on standard error. */
export function openProofView(session: Session, json: boolean): ProofView {
  return json ? openJsonView(session) : openHumanView(session);
}

function openJsonView({ clock }: Session): ProofView {
  const tellProgress = openProgressLines(() => clock.now());
  return {
    begin: () => undefined,
    onRead: (records) => tellProgress({ phase: "reading", records }),
    onAccount: (proof) => writeJsonLine({ event: "account", ...proof }),
    end: ({ formats, unreadable, proven }) =>
      writeJsonLine({ event: "proof", formats, unreadable, proven }),
  };
}

function openHumanView({ terminal }: Session): ProofView {
  const text = new ProofText(terminal);
  return {
    begin: ({ source, head, mapping, notes }) => {
      text.say(`source     ${source.location} (${head.description})`);
      if (mapping.passwordKind !== undefined) text.say(`passwords  ${mapping.passwordKind}`);
      for (const note of notes) text.say(`note: ${note}`);
    },
    onRead: (records) => terminal.progress(`Reading: ${formatCount(records)} records …`),
    onAccount: () => undefined,
    end: (proof) => {
      terminal.clear();
      text.tell(proof);
    },
  };
}
