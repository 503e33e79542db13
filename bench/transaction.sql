\set n random(1, :most)
BEGIN;
SELECT insurer, starts, ends, basis, reason, reason_after, rule_version FROM coverage WHERE key = md5(:n::text)::uuid;
INSERT INTO inquiry (id, asked_at, channel, mode, organisation, account, key, service_day, setting, outcome, reason, valid_until, rule_version, ground, shown) VALUES (900000000000000 + nextval('bench_sequence'), now(), 'api', 'general', 'p', 'bench', md5(:n::text)::uuid, current_date, 'outpatient', 'covered', 'contribution_paid', '2027-03-31', 'bench', 'agreement', 'status tracking_code');
COMMIT;
