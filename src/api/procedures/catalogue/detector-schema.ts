import { z } from 'zod';
import { CATEGORIES } from '../../../advice/detector.ts';
import { ACTION_TYPES, EFFORTS } from '../../../ledger/aws-recommendation.ts';
import type { DetectorDescription } from '../../../operations/catalogue.ts';
import { linkSchema } from '../../schema.ts';

const jsonSchema = z.record(z.string(), z.unknown());

export const detectorSchema = z
  .object({
    id: z.string(),
    revision: z.number().int(),
    category: z.enum(CATEGORIES),
    bestPractices: z.array(z.string()),
    resourceType: z.string(),
    actionType: z.enum(ACTION_TYPES),
    effort: z.enum(EFFORTS),
    rollbackPossible: z.boolean(),
    restartNeeded: z.boolean(),
    reads: z
      .array(z.object({ fact: z.string(), lookbackDays: z.number().int() }))
      .meta({ description: 'The facts it needs, and how far back.' }),
    worksWith: z.array(z.string()).meta({ description: 'Where these facts may come from.' }),
    title: z.string(),
    background: z.string(),
    desiredState: z.string(),
    riskOfActing: z.string(),
    riskOfNotActing: z.string(),
    links: z.array(linkSchema),
    thresholds: jsonSchema.meta({ description: 'JSON Schema (2020-12) of what may be set.' }),
    evidence: jsonSchema.meta({ description: 'JSON Schema of what a finding shows.' }),
  })
  .meta({
    id: 'Detector',
    description: 'What is looked for, and why. Texts keep their {placeholders}: they are filled by a finding.',
  });

export function shownDetector(detector: DetectorDescription): z.infer<typeof detectorSchema> {
  return {
    ...detector,
    bestPractices: [...detector.bestPractices],
    reads: [...detector.reads],
    worksWith: [...detector.worksWith],
    links: [...detector.links],
  };
}
