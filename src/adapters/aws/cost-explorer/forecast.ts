import { z } from 'zod';
import { firstDay, isDay, monthOf, type Period } from '../../../kernel/calendar.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { CostForecast } from '../../../ledger/forecast.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { type Aws, unreadable } from '../request.ts';
import { askAll } from './ask.ts';
import { decimalOf, UnreadableRow } from './costs.ts';

/** Eight of ten outcomes lie in the range that is asked for. */
const PERCENT = 80;

const Answer = z.object({
  Total: z.object({ Unit: z.string() }).nullish(),
  ForecastResultsByTime: z
    .array(
      z.object({
        TimePeriod: z.object({ Start: z.string(), End: z.string() }),
        MeanValue: z.string(),
        PredictionIntervalLowerBound: z.string(),
        PredictionIntervalUpperBound: z.string(),
      }),
    )
    .nullish(),
});
type Result = NonNullable<z.infer<typeof Answer>['ForecastResultsByTime']>[number];

/** Month by month what AWS expects, with its range. DATA_UNAVAILABLE for an account that is too young for a forecast. */
export async function pullForecast(
  aws: Aws,
  connection: Connection,
  window: Period,
  options: PullOptions,
): Promise<readonly Fact<CostForecast>[]> {
  const answers = await askAll(
    { aws, connection, options },
    {
      operation: 'GetCostForecast',
      send: (client, sdk, _token, http) =>
        client.send(
          new sdk.GetCostForecastCommand({
            TimePeriod: { Start: window.start, End: window.end },
            Metric: 'NET_UNBLENDED_COST',
            Granularity: 'MONTHLY',
            PredictionIntervalLevel: PERCENT,
          }),
          http,
        ),
      schema: Answer,
    },
  );
  return answers.flatMap(({ Total, ForecastResultsByTime }) =>
    (ForecastResultsByTime ?? []).map((result) => forecastOf(result, Total?.Unit ?? '')),
  );
}

/** A figure that cannot be read ends the pull: half a forecast is none. */
export function forecastOf({ TimePeriod, ...values }: Result, currency: string): Fact<CostForecast> {
  const [start, end] = [TimePeriod.Start.slice(0, 10), TimePeriod.End.slice(0, 10)];
  if (!isDay(start) || !isDay(end) || !/^[A-Z]{3}$/.test(currency)) throw badForecast('its period or its currency is missing');
  try {
    const body = {
      start,
      end,
      low: decimalOf(values.PredictionIntervalLowerBound),
      expected: decimalOf(values.MeanValue),
      high: decimalOf(values.PredictionIntervalUpperBound),
      percent: PERCENT,
      currency,
    };
    return { accountId: null, day: firstDay(monthOf(start)), key: 'total', body };
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    throw badForecast(error.message);
  }
}

function badForecast(why: string): Error {
  return unreadable('The forecast of Cost Explorer could not be read', why);
}
