import { networkOf, notationOf } from "./asked.ts";
import { Failure } from "./failure.ts";
import { translate } from "./reading/translate.ts";
import { requestDefaults } from "./request/defaults.ts";
import type { TranslationRequest } from "./request/schema.ts";
import { type Aloud, layoutAloud } from "./writers/print/line.ts";

/** A formula about the network from one notation to another. Throws Failure with positions in the formula. */
export function translation({
  network: description,
  latex,
  from,
  to,
  language = requestDefaults.language,
}: TranslationRequest): Aloud {
  const network = networkOf(description);
  const read = notationOf(network, from, "/from");
  const printed = notationOf(network, to, "/to");
  try {
    return layoutAloud(translate(network, latex, read, printed).layout, language);
  } catch (error) {
    throw error instanceof Failure
      ? new Failure(error.code, error.message, { ...error.details, pointer: "/latex" })
      : error;
  }
}
