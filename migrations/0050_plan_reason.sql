-- Why a version of the plan replaced the one before. The first needs none; versions before this file have none.
alter table app.plan_version
  add column reason text check (octet_length(reason) between 1 and 4000);
