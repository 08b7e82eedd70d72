import { Argument, Option } from 'commander';
import { JOBS } from '../../../jobs/index.ts';
import { detectors } from '../../advice/detectors/index.ts';
import { asDay } from '../../kernel/calendar.ts';
import type { Verb } from '../command.ts';
import { dayOfSandbox } from '../sandbox-connections.ts';

interface JobOptions {
  readonly asOf?: string;
}

/** A job of the timetable, now. */
export const job: Verb<JobOptions> = {
  name: 'job',
  summary: `run a job of the timetable now: ${JOBS.map(({ name, schedule, what }) => `${name} (${schedule} UTC: ${what})`).join(', ')}`,
  examples: ['job refresh', 'job refresh --as-of 2026-10-31 --json'],
  arguments: [new Argument('<name>', 'which').choices(JOBS.map(({ name }) => name))],
  options: [new Option('--as-of <day>', 'as on that day (YYYY-MM-DD)')],
  run: async (tools, options, [name] = []) => {
    const asked = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const context = await tools.context();
    const asOf = asked ?? (await dayOfSandbox(await tools.house(), context));
    const wanted = JOBS.find((each) => each.name === name);
    const document = await wanted?.run(context, { asOf, detectors, onFailure: tools.onFailure });
    return { document, text: `The job ${name} is done.` };
  },
};
