-- The nation's rebuild as SQL for exactly the facts of bench/rebuild.py: no other kinds, law periods, histories of more
-- than 15 months, overlaps or connectors. Writes the same rows as the law's own stages; the benchmark checks that.
-- Numbers are those of daftar.rules.states (basis 13: none; reasons 3, 4, 5: covered as a dependant).
CREATE TABLE mask AS
  SELECT key, bit_or(1::BIGINT << (year(month) * 12 + month(month) - 24312)) AS paid
  FROM contributions WHERE days > 0 GROUP BY key;
CREATE TABLE spell AS
  WITH known AS (
    SELECT a.key, CASE a.kind WHEN 'compulsory' THEN 0 WHEN 'voluntary' THEN 1 WHEN 'self_employed' THEN 2 ELSE 4 END AS basis,
           a.starts AS s, coalesce(a.ends, DATE '9999-12-31') AS e, p.death_date AS d,
           if(a.ends IS NULL, m.paid, m.paid & ((1::BIGINT << (year(a.ends) * 12 + month(a.ends) - 24311)) - 1)) AS paid
    FROM affiliations a JOIN persons p USING (key) LEFT JOIN mask m USING (key))
  SELECT key, basis::TINYINT AS basis, s, e, d,
         CASE basis WHEN 4 THEN 0 WHEN 0 THEN paid | (paid << 1) | (paid << 2) | (paid << 3)
                    WHEN 2 THEN paid | (paid << 1) | (paid << 2) ELSE paid | (paid << 1) END::INT AS bits,
         if(basis = 0 AND e < DATE '9999-12-31', last_day(e + INTERVAL 2 MONTH), e)::DATE AS cap
  FROM known;
CREATE TABLE run AS
  WITH place AS (
    SELECT *, bit_count((bits & -bits) - 1) AS first, true AS opens FROM spell WHERE bits != 0
    UNION ALL
    SELECT spell.*, bit AS first, false FROM spell, range(1, 15) b(bit)
    WHERE (bits & (bits + (bits & -bits))) != 0 AND ((bits & ~(bits << 1) & ~(bits & -bits)) >> bit) & 1 = 1),
  dated AS (
    SELECT *, bits >> (first + bit_count((~(bits >> first) & ((bits >> first) + 1)) - 1)) = 0 AS closes,
           greatest(s, make_date(2025 + (11 + first) // 12, (11 + first) % 12 + 1, 1)) AS a,
           first + bit_count((~(bits >> first) & ((bits >> first) + 1)) - 1) AS next
    FROM place)
  SELECT key, basis, s, e, d, a, least(cap, make_date(2025 + (11 + next) // 12, (11 + next) % 12 + 1, 1) - 1) AS b, opens, closes
  FROM dated
  UNION ALL SELECT key, basis, s, e, d, if(basis = 4, s, NULL), if(basis = 4, cap, NULL), true, true FROM spell WHERE bits = 0 OR bits IS NULL;
CREATE TABLE dependant AS
  SELECT d.key, CASE d.relation WHEN 'spouse' THEN 7 WHEN 'son' THEN 8 WHEN 'daughter' THEN 9 ELSE 10 END::TINYINT AS basis,
         d.starts AS s, p.death_date AS d, m.a, m.b, m.d AS main_d, m.key AS main_key, e.valid_from AS seen,
         make_date(year(p.birth_date) + CASE d.relation WHEN 'son' THEN 19 WHEN 'daughter' THEN 15 WHEN 'father' THEN 60 END,
                   month(p.birth_date), 1) + (day(p.birth_date) - 1)::INT AS birthday,
         p.death_date IS NULL AND m.d IS NULL AND m.opens AND m.closes AND e.key IS NULL AS plain
  FROM dependencies d JOIN persons p USING (key) JOIN run m ON m.key = d.main_key
       LEFT JOIN evidence e ON e.key = d.key;
CREATE TABLE special AS
  WITH person AS (SELECT DISTINCT key, basis, s, d, main_d, main_key, seen, birthday FROM dependant WHERE NOT plain),
  carry AS (
    SELECT DISTINCT key AS main_key, a, least(b, main_d) AS b, false AS survivor FROM (SELECT main_key AS key, a, b, main_d FROM dependant WHERE NOT plain) WHERE a <= coalesce(main_d, a)
    UNION ALL
    SELECT DISTINCT main_key, main_d + 1, (main_d + INTERVAL 3 MONTH)::DATE, true FROM dependant WHERE NOT plain AND main_d BETWEEN a AND b),
  day AS (
    SELECT key, s AS day FROM person UNION SELECT key, birthday FROM person WHERE birthday > s
    UNION SELECT key, seen FROM person WHERE seen > s UNION SELECT key, d + 1 FROM person WHERE d IS NOT NULL
    UNION SELECT key, main_d + 1 FROM person WHERE main_d >= s
    UNION SELECT key, a FROM person JOIN carry USING (main_key) WHERE a > s
    UNION SELECT key, b + 1 FROM person JOIN carry USING (main_key) WHERE b >= s AND b < DATE '9999-12-31'),
  known AS (
    SELECT p.key, p.basis, day, c.main_key IS NOT NULL AS held,
           CASE WHEN day > p.d THEN 22
                WHEN c.main_key IS NULL THEN if(day > p.main_d, 13, 12)
                WHEN p.basis = 7 OR (p.basis IN (8, 9) AND day < birthday) THEN if(survivor, 5, 3)
                WHEN p.basis = 9 THEN 16
                WHEN p.basis = 10 AND day < birthday THEN 20
                WHEN seen <= day THEN if(survivor, 5, 4)
                ELSE if(p.basis = 8, 15, 19) END AS reason
    FROM day JOIN person p USING (key) LEFT JOIN carry c ON c.main_key = p.main_key AND day BETWEEN c.a AND c.b),
  turn AS (SELECT *, lag(reason) OVER (PARTITION BY key ORDER BY day) AS was FROM known)
  SELECT key, day, basis, reason, was, lead(day) OVER later AS next_day, lead(reason) OVER later AS after
  FROM turn WHERE was IS NULL OR was != reason WINDOW later AS (PARTITION BY key ORDER BY day);
COPY (
  WITH plain AS (
    SELECT key, basis, s, greatest(s, a) AS xa, b AS xb, birthday, a IS NOT NULL AND s <= b AS held,
           if(basis = 8, 15, 16) AS missing
    FROM dependant WHERE plain),
  span AS (
    SELECT key, a AS starts, least(b, d) AS ends, basis, if(basis = 4, 1, 0) AS reason,
           CASE WHEN b >= d THEN 22 WHEN b = DATE '9999-12-31' THEN 1 WHEN b >= e THEN 10 ELSE 9 END AS after
    FROM run WHERE a <= coalesce(d, a)
    UNION ALL
    SELECT key, s, s - 1, 13, 8, 8 FROM run WHERE opens AND (a IS NULL OR a > s) AND s <= coalesce(d, s)
    UNION ALL
    SELECT key, e + 1, e, 13, 10, 10 FROM run
    WHERE closes AND e < DATE '9999-12-31' AND (b IS NULL OR b < e) AND e < coalesce(d, DATE '9999-12-31')
    UNION ALL
    SELECT key, d + 1, d, 13, 22, 22 FROM spell
    WHERE d IS NOT NULL AND NOT EXISTS (FROM run WHERE run.key = spell.key AND spell.d BETWEEN run.a AND run.b)
    UNION ALL
    SELECT key, xa, least(xb, birthday - 1), basis, 3,
           CASE WHEN birthday <= xb THEN missing WHEN xb = DATE '9999-12-31' THEN 3 ELSE 12 END
    FROM plain WHERE held AND xa < coalesce(birthday, DATE '9999-12-31')
    UNION ALL
    SELECT key, s, s - 1, 13, 12, 12 FROM plain WHERE NOT held OR s < xa
    UNION ALL
    SELECT key, xa, xa - 1, 13, missing, missing FROM plain WHERE held AND birthday <= xa
    UNION ALL
    SELECT key, xb + 1, xb, 13, 12, 12 FROM plain WHERE held AND birthday <= xb AND xb < DATE '9999-12-31'
    UNION ALL
    SELECT key, day, CASE WHEN reason NOT IN (3, 4, 5) THEN day - 1 ELSE coalesce(next_day - 1, DATE '9999-12-31') END, if(reason IN (3, 4, 5), basis, 13), reason,
           if(reason IN (3, 4, 5), coalesce(after, reason), reason)
    FROM special WHERE reason IN (3, 4, 5) OR was IS NULL OR was NOT IN (3, 4, 5))
  SELECT key, 'ir-sso' AS insurer, (starts - DATE '1970-01-01')::INT AS starts, (ends - DATE '1970-01-01')::INT AS ends,
         basis::INT AS basis, reason::INT AS reason, after::INT AS after, '{version}' AS rule_version
  FROM span
) TO '{out}';
