-- The demo's data; to be run from the folder that has config/ in it, by a client and a server that
-- allow LOAD DATA LOCAL (local_infile).

-- Daily observations of the US National Oceanic and Atmospheric Administration, 2012 to 2015: a
-- work of the US government, in the public domain.
LOAD DATA LOCAL INFILE 'config/demo/weather.csv' INTO TABLE weather
    FIELDS TERMINATED BY ',' IGNORE 1 LINES;

-- A reading of every machine every ten seconds, one machine after the other: the same 299,975 rows
-- on every server.
SET SESSION cte_max_recursion_depth = 300000;
INSERT INTO plant_readings
WITH RECURSIVE reading (n, machine, round) AS (
    SELECT 0, 0, 0
    UNION ALL
    SELECT n + 1, (n + 1) MOD 40, (n + 1) DIV 40 FROM reading WHERE n + 1 < 299975
)
SELECT
    n + 1,
    machine + 1,
    TIMESTAMPADD(MICROSECOND, 10000000 * round + 1000 * (n * 37 MOD 1000), '2026-06-01 00:00:00.000'),
    IF(n MOD 97 = 13, NULL, ROUND(60 + machine / 4 + 9 * SIN(round / 360) + (n * 7919 MOD 1000) / 400, 3)),
    IF(n MOD 211 = 17, NULL, 12 + (n * 104729 MOD 100000) / 4000),
    CASE WHEN machine = round DIV 190 THEN 'maintenance' WHEN n MOD 29 = 3 THEN 'idle' ELSE 'running' END,
    machine <> round DIV 190 AND n MOD 29 <> 3,
    4294967296 + 12 * round + machine,
    IF(n MOD 2500 = 5, JSON_OBJECT('shift', 1 + round DIV 2880, 'by', 'Łukasz'), NULL)
FROM reading;

-- A FLOAT that MySQL shows as 1234570: its text protocol has six digits.
UPDATE plant_readings SET vibration = 1234567.125 WHERE id = 123456;

-- 24 corrected readings: machine and time of an older row, another temperature, no vibration after
-- all. IoTDB holds one row of the two: the later one (on_duplicate), with its gap.
INSERT INTO plant_readings
SELECT 299976 + id DIV 12499, machine_id, recorded_at, temperature + 0.5, NULL, state, running, counter, note
FROM plant_readings
WHERE id MOD 12499 = 1;

-- One reading without a time, which no time series can hold.
INSERT INTO plant_readings VALUES (300000, 7, NULL, 64.125, 20.5, 'idle', FALSE, 4295057302, NULL);

ANALYZE TABLE weather, plant_readings;
