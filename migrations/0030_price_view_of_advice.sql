-- AWS states savings at the prices of whoever is asked: over a reseller's payer those are the reseller's. Null: written before this column
-- was there, so nobody knows; the next pull writes it.
alter table app.aws_recommendation
  add column price_view text check (price_view in ('awsBilled', 'customerBilled'));
