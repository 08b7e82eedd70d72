-- Days of a slice that a budget cut to the dearest accounts: of the others nothing is known, and they are asked for when there is money.
alter table app.charge_day_status add column is_partial boolean not null default false;
