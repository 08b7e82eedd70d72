import { z } from 'zod';
import { entriesById } from '../advice/advice-document.ts';
import type { BestPractice } from '../advice/best-practice.ts';
import type { Catalogue, CatalogueEntry } from '../advice/catalogue-entry.ts';
import type { Category, Detector } from '../advice/detector.ts';
import { AdvisorError } from '../kernel/failure.ts';
import type { Locale } from '../kernel/locale.ts';
import type { ActionType, Effort } from '../ledger/aws-recommendation.ts';
import type { ResourceType } from '../ledger/resource-type.ts';

/** A detector as people choose, set and question it. Texts keep their `{placeholders}`: there is no finding yet to fill them. */
export interface DetectorDescription {
  readonly id: string;
  readonly revision: number;
  readonly category: Category;
  readonly bestPractices: readonly BestPractice[];
  readonly resourceType: ResourceType;
  readonly actionType: ActionType;
  readonly effort: Effort;
  readonly rollbackPossible: boolean;
  readonly restartNeeded: boolean;
  readonly reads: Detector['reads'];
  readonly worksWith: Detector['worksWith'];
  readonly title: string;
  readonly background: string;
  readonly desiredState: string;
  readonly riskOfActing: string;
  readonly riskOfNotActing: string;
  readonly links: readonly { readonly url: string; readonly readOn: string }[];
  /** JSON Schema (2020-12) of what may be set. */
  readonly thresholds: Readonly<Record<string, unknown>>;
  /** JSON Schema of what a finding shows. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

export function listDetectors(catalogue: Catalogue, locale: Locale): DetectorDescription[] {
  return catalogue.map((entry) => describe(entry, locale));
}

/** NOT_FOUND for an id that no detector has. */
export function getDetector(catalogue: Catalogue, id: string, locale: Locale): DetectorDescription {
  const entry = entriesById(catalogue).get(id);
  if (!entry) throw new AdvisorError('NOT_FOUND', `There is no detector "${id}".`, 'List them with "cost-pillar catalogue".');
  return describe(entry, locale);
}

function describe({ detector, prose }: CatalogueEntry, locale: Locale): DetectorDescription {
  return {
    id: detector.id,
    revision: detector.revision,
    category: detector.category,
    bestPractices: detector.bestPractices,
    resourceType: detector.resourceType,
    actionType: detector.actionType,
    effort: detector.effort,
    rollbackPossible: detector.rollbackPossible,
    restartNeeded: detector.restartNeeded,
    reads: detector.reads,
    worksWith: detector.worksWith,
    title: prose.title[locale],
    background: prose.background[locale],
    desiredState: prose.desiredState[locale],
    riskOfActing: prose.riskOfActing[locale],
    riskOfNotActing: prose.riskOfNotActing[locale],
    links: prose.links,
    thresholds: z.toJSONSchema(detector.thresholds, { io: 'input' }),
    evidence: z.toJSONSchema(detector.evidence, { io: 'input' }),
  };
}
