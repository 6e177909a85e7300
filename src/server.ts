// The process that `npm start` starts: its settings come from the environment.
import { serve, settingsOrExit } from "./serve.ts";
import { printSettings } from "./settings.ts";

const settings = settingsOrExit();
if (process.argv.includes("--print-config")) process.stdout.write(printSettings(settings));
else await serve(settings);
