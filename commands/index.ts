/** Every command, in the order of /help. */
import { brief } from './brief.ts';
import { context } from './context.ts';
import { help } from './help.ts';
import { privacyDelete, privacyExport } from './privacy.ts';
import { quote } from './quote.ts';
import { reactions } from './reactions.ts';
import { report } from './report.ts';
import {
  scheduleAdd,
  scheduleLanguage,
  scheduleList,
  scheduleNow,
  schedulePause,
  schedulePreview,
  scheduleRemove,
  scheduleResume,
} from './schedule.ts';
import { setup } from './setup.ts';
import { sourcesAdd, sourcesList, sourcesRemove } from './sources.ts';
import { speakers } from './speakers.ts';
import { status } from './status.ts';
import { topics } from './topics.ts';

export const commands = [
  brief,
  quote,
  reactions,
  topics,
  speakers,
  context,
  report,
  setup,
  scheduleAdd,
  scheduleList,
  schedulePreview,
  scheduleNow,
  scheduleLanguage,
  schedulePause,
  scheduleResume,
  scheduleRemove,
  sourcesList,
  sourcesAdd,
  sourcesRemove,
  status,
  privacyExport,
  privacyDelete,
  help,
];
