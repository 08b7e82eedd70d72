import { describe, expect, it } from 'vitest';
import { complaintsAbout } from './conformity.ts';

const TARGET = 'AWSInsightsIndexService.GetDimensionValues';

describe('the check against the service model', () => {
  it.each<[string, object, string[]]>([
    [
      'is content with a right answer',
      { DimensionValues: [{ Value: 'x', Attributes: { description: 'y' } }], ReturnSize: 1, TotalSize: 1 },
      [],
    ],
    [
      'finds a member that is not in the model',
      { DimensionValues: [], ReturnSize: 0, TotalSize: 0, Size: 0 },
      ['GetDimensionValues.Size is not in the model'],
    ],
    ['finds a missing member', { DimensionValues: [], ReturnSize: 0 }, ['GetDimensionValues.TotalSize is missing']],
    [
      'finds a wrong type, however deep',
      { DimensionValues: [{ Attributes: { description: 1 } }], ReturnSize: '0', TotalSize: 0 },
      [
        'GetDimensionValues.DimensionValues[0].Attributes{description} is a number, not a string',
        'GetDimensionValues.ReturnSize is a string, not a number',
      ],
    ],
    ['finds null', { DimensionValues: null, ReturnSize: 0, TotalSize: 0 }, ['GetDimensionValues.DimensionValues is null']],
    [
      'finds a list that is none',
      { DimensionValues: {}, ReturnSize: 0, TotalSize: 0 },
      ['GetDimensionValues.DimensionValues is not a list'],
    ],
  ])('%s', (_what, answer, complaints) => {
    expect(complaintsAbout(TARGET, JSON.stringify(answer))).toEqual(complaints);
  });

  it('knows that it does not know an operation', () => {
    expect(complaintsAbout('AmazonEC2.DescribeInstances', '{}')).toEqual(['no model for AmazonEC2.DescribeInstances']);
  });
});
