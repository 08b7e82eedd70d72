/**
 * The best practices of the Cost Optimization pillar, AWS Well-Architected Framework (docs.aws.amazon.com/wellarchitected/latest/framework,
 * read 2026-05-20). A number that does not exist does not compile.
 */
type Ordinals = {
  '01': '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09';
  '02': '01' | '02' | '03' | '04' | '05' | '06';
  '03': '01' | '02' | '03' | '04' | '05' | '06';
  '04': '01' | '02' | '03' | '04' | '05';
  '05': '01' | '02' | '03' | '04' | '05' | '06';
  '06': '01' | '02' | '03' | '04';
  '07': '01' | '02' | '03' | '04' | '05';
  '08': '01' | '02' | '03';
  '09': '01' | '02' | '03';
  '10': '01' | '02';
  '11': '01';
};

export type BestPractice = { [Q in keyof Ordinals]: `COST${Q}-BP${Ordinals[Q]}` }[keyof Ordinals];
