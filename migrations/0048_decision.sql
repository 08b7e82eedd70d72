-- What people decided of a recommendation: a fact beside it, only ever added to. The last one of each counts, and the next turn of advice
-- reads it.
create table app.decision (
  tenant_id uuid not null references app.tenant,
  recommendation_id text collate "C" not null,
  number integer not null check (number > 0),
  from_status text not null check (from_status in ('open', 'accepted', 'implemented', 'snoozed', 'dismissed', 'exempted', 'closed')),
  to_status text not null check (to_status in ('accepted', 'implemented', 'snoozed', 'dismissed', 'open')),
  -- Who brought it forward, who decided and who did it are three.
  proposer text check (octet_length(proposer) between 1 and 800),
  decider text not null check (octet_length(decider) between 1 and 800),
  implementer text check (octet_length(implementer) between 1 and 800),
  owner text check (octet_length(owner) between 1 and 800),
  due_on date,
  approval_state text check (approval_state in ('notNeeded', 'requested', 'approved', 'returned')),
  -- The number that the organisation gave it.
  approval_reference text check (octet_length(approval_reference) between 1 and 800),
  approver text check (octet_length(approver) between 1 and 800),
  approval_day date,
  implementation_cost app.amount check (implementation_cost >= 0),
  implementation_currency app.currency_code,
  implemented_on date,
  -- A person confirmed what the data proposed.
  seen_as_done boolean not null,
  -- First day on which it is open again.
  snoozed_until date,
  dismissed_because text
    check (dismissed_because in ('alreadyPlanned', 'businessNeed', 'notOurs', 'riskTooHigh', 'tooSmall', 'wrong', 'other')),
  comment text check (octet_length(comment) between 1 and 4000),
  -- What it is about cost a month when it was decided.
  monthly_cost app.amount not null,
  currency app.currency_code not null,
  decided_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, recommendation_id, number),
  foreign key (tenant_id, recommendation_id) references app.recommendation (tenant_id, id),
  check (to_status <> 'accepted' or owner is not null),
  check ((to_status = 'implemented') = (implementer is not null) and (to_status = 'implemented') = (implemented_on is not null)),
  check (not seen_as_done or to_status = 'implemented'),
  check ((to_status = 'snoozed') = (snoozed_until is not null) and snoozed_until > decided_on and snoozed_until <= decided_on + 400),
  check ((to_status = 'dismissed') = (dismissed_because is not null)),
  check ((implementation_cost is null) = (implementation_currency is null)),
  check (approval_state is not null or (approval_reference is null and approver is null and approval_day is null)),
  check (approval_state not in ('approved', 'returned') or (approver is not null and approval_day is not null))
);
select app_priv.protect('app.decision', 'select, insert');
select app_priv.note_changes('app.decision');
create trigger append_only before update or delete on app.decision for each row execute function app.refuse_change();
create trigger append_only_whole before truncate on app.decision for each statement execute function app.refuse_change();

-- The change of status that a decision made; null: a turn of advice made it, as in every row before this file. Hence there is nothing to
-- validate, and validating would need a tenant.
alter table app.recommendation_event
  add column decision_number integer,
  add foreign key (tenant_id, recommendation_id, decision_number) references app.decision (tenant_id, recommendation_id, number) not valid;
create index recommendation_event_by_decision on app.recommendation_event (tenant_id, recommendation_id, decision_number);
create trigger append_only before update or delete on app.recommendation_event for each row execute function app.refuse_change();
create trigger append_only_whole before truncate on app.recommendation_event for each statement execute function app.refuse_change();
