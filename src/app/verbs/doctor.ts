import { Option } from 'commander';
import { detectors } from '../../advice/detectors/index.ts';
import { asDay } from '../../kernel/calendar.ts';
import { doctor as doctorVerb } from '../../operations/doctor.ts';
import type { Verb } from '../command.ts';
import { doctorText } from '../doctor-text.ts';
import { dayOfSandbox } from '../sandbox-connections.ts';

interface DoctorOptions {
  readonly asOf?: string;
}

/** Looks at everything and says what is missing, what it costs in advice, and how to turn it on. */
export const doctor: Verb<DoctorOptions> = {
  name: 'doctor',
  summary: 'what is connected, what answers, what is missing and how to turn it on',
  examples: ['doctor', 'doctor --json'],
  options: [new Option('--as-of <day>', 'look as on that day (YYYY-MM-DD)')],
  run: async (tools, options) => {
    const asked = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const context = await tools.context({ orOperator: true });
    const report = await doctorVerb(context, {
      asOf: asked ?? (await dayOfSandbox(await tools.house(), context)),
      detectors,
      onFailure: tools.onFailure,
    });
    return { document: report, text: doctorText(report) };
  },
};
