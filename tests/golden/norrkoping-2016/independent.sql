-- The figures of Norrköping 2016 and its variants from the CSV files, without utfall: integer öre and
-- reduced fractions, in SQLite. Run from the top of the source tree:
--     sqlite3 :memory: ".read tests/golden/norrkoping-2016/independent.sql"
CREATE TABLE individuals (id, start, age INTEGER, placed);
CREATE TABLE reference_individuals (id, start, age INTEGER, placed, wave);
CREATE TABLE costs (id, month, source, category, amount);
CREATE TABLE reference_costs (id, month, source, category, amount);
CREATE TABLE project_costs (month, category, amount);
.mode csv
.separator ";"
.import --skip 1 contracts/norrkoping-2016/data/individuals.csv individuals
.import --skip 1 contracts/norrkoping-2016/data/costs.csv costs
.separator ","
.import --skip 1 contracts/norrkoping-2016/data/reference-individuals.csv reference_individuals
.import --skip 1 contracts/norrkoping-2016/data/reference-costs.csv reference_costs
.import --skip 1 contracts/norrkoping-2016/data/project-costs.csv project_costs
.mode list
.separator "|"

-- Every amount has two decimals: without its mark it is öre. Month 1 is the calendar month of the start.
CREATE TABLE cost AS
  SELECT 'T' AS side, c.id, source, CAST(replace(amount, ',', '') AS INTEGER) AS ore,
    12 * substr(month, 1, 4) + substr(month, 6, 2) - 12 * substr(start, 1, 4) - substr(start, 6, 2) + 1 AS k
  FROM costs c JOIN individuals USING (id)
  UNION ALL
  SELECT 'R', c.id, source, CAST(replace(amount, '.', '') AS INTEGER),
    12 * substr(month, 1, 4) + substr(month, 6, 2) - 12 * substr(start, 1, 4) - substr(start, 6, 2) + 1
  FROM reference_costs c JOIN reference_individuals USING (id);
CREATE INDEX by_person ON cost (side, id);
CREATE VIEW person AS
  SELECT 'T' AS side, id, age, placed = 'ja' AS placed, '2013' AS wave FROM individuals
  UNION ALL
  SELECT 'R', id, age, placed = 'yes', wave FROM reference_individuals;

-- The contract and the variants. cut: ages below it are a group of their own (0: no such cut).
CREATE TABLE variant (file, w INTEGER, cut INTEGER, all_waves INTEGER, adult INTEGER);
INSERT INTO variant VALUES ('contract', 24, 0, 0, 0), ('extended-24-4-groups', 24, 0, 1, 1), ('extended-24-6-groups', 24, 16, 1, 1),
  ('extended-36-months', 36, 0, 1, 1), ('extended-36-6-groups', 36, 16, 1, 1);

CREATE VIEW by_group AS
  SELECT file, ((age >= cut) + (age >= 18)) || '/' || placed AS g,
    count(*) FILTER (WHERE side = 'T') AS target, count(*) FILTER (WHERE side = 'R') AS comparison,
    coalesce(sum(used) FILTER (WHERE side = 'T'), 0) AS actual, coalesce(sum(used) FILTER (WHERE side = 'R'), 0) AS reference
  FROM (SELECT file, cut, p.*,
          (SELECT sum(ore) FROM cost c WHERE c.side = p.side AND c.id = p.id AND k BETWEEN 1 AND w AND (adult OR source = 'child')) AS used
        FROM variant JOIN person p ON side = 'T' OR wave = '2013' OR all_waves)
  GROUP BY file, g;

-- expected = sum over groups of target * reference / comparison; 120120 * 61 * 54 * 31 is a multiple of every `comparison`.
CREATE TABLE m AS SELECT 120120 * 61 * 54 * 31 AS m;
CREATE TABLE total AS
  SELECT file, sum(target) AS target, sum(comparison) AS comparison, sum(actual) AS actual,
    sum((m / comparison) * (target * reference % comparison)) AS rest, sum(target * reference / comparison) AS whole,
    sum(m % comparison) AS must_be_0
  FROM by_group, m GROUP BY file;
CREATE TABLE saving AS SELECT t.*, whole + rest / m - actual AS ore, rest % m AS over FROM total t, m;

-- Reduce by Euclid.
CREATE TABLE reduced AS
  WITH RECURSIVE euclid(file, a, b) AS (
    SELECT file, m, over FROM saving, m UNION ALL SELECT file, b, a % b FROM euclid WHERE b > 0)
  SELECT file, a AS gcd FROM euclid WHERE b = 0;
.print file|target|comparison|actual|saving, öre (num/den)|saving, MSEK
SELECT s.file, target, comparison, actual, (ore * (m / gcd) + over / gcd) || '/' || (m / gcd), printf('%.1f', round(ore / 1e8, 1))
  FROM saving s JOIN reduced USING (file), m JOIN variant v ON v.file = s.file WHERE must_be_0 = 0 ORDER BY v.rowid;
.print project cost drawn, öre
SELECT sum(CAST(replace(amount, '.', '') AS INTEGER)) FROM project_costs;
.print 40 % of it, öre
SELECT sum(CAST(replace(amount, '.', '') AS INTEGER)) * 2 / 5 FROM project_costs;
