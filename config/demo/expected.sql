-- What IoTDB has to hold of the demo, by MySQL's own counting. Of rows that share machine and time
-- only the last one counts, and none without a time; a point is a value that is not null.
SELECT
    'weather'                                                                           AS source,
    COUNT(*)                                                                            AS rows_in_mysql,
    COUNT(DISTINCT location, date)                                                      AS rows_expected,
    COUNT(precipitation) + COUNT(temp_max) + COUNT(temp_min) + COUNT(wind) + COUNT(weather) AS points_expected
FROM weather
UNION ALL
SELECT
    'plant_readings',
    (SELECT COUNT(*) FROM plant_readings),
    COUNT(*),
    COUNT(temperature) + COUNT(vibration) + COUNT(state) + COUNT(running) + COUNT(counter) + COUNT(note)
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY machine_id, recorded_at ORDER BY id DESC) AS place
    FROM plant_readings
    WHERE recorded_at IS NOT NULL
) AS reading
WHERE place = 1;
