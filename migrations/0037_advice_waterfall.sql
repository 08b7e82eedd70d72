-- From gross to net by reason, and from Cost Optimization Hub's total to ours. Turns before this file have neither.
alter table app.advice_run
  add column waterfall jsonb,
  add column hub_reconciliation jsonb;
