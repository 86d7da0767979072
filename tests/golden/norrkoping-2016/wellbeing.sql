-- Means on scales, straight from the synthetic table: people with a value at each of three occasions.
.mode csv
.import contracts/norrkoping-2016/data/wellbeing.csv answers
.mode list
.headers off
CREATE VIEW whole AS
SELECT measure, id,
       max(CASE occasion WHEN '1' THEN CAST(value AS INTEGER) END) AS a,
       max(CASE occasion WHEN '2' THEN CAST(value AS INTEGER) END) AS b,
       max(CASE occasion WHEN '3' THEN CAST(value AS INTEGER) END) AS c,
       CASE WHEN measure IN ('mental_health', 'substance_abuse') THEN -1 ELSE 1 END AS better
FROM answers GROUP BY measure, id HAVING count(*) = 3;
SELECT 'scale|n|sums at 1, 2, 3|means, rounded|improved|unchanged|worse';
SELECT measure, count(*), sum(a) || ' ' || sum(b) || ' ' || sum(c),
       printf('%.1f %.1f %.1f', avg(a), avg(b), avg(c)),
       sum((c - a) * better > 0), sum(c = a), sum((c - a) * better < 0)
FROM whole GROUP BY measure ORDER BY measure;
