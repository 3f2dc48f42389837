UPDATE states SET state = '23' WHERE last_updated_ts = 1767225601.001999;
UPDATE states SET state = 'unknown' WHERE last_updated_ts = 1767225600.123;
DELETE FROM states WHERE last_updated_ts = 1767225602.570999;
INSERT INTO states (metadata_id, state, last_updated_ts) VALUES (2, '5', 1767225600.999), (2, '6', 1767225600.9991);
UPDATE statistics SET mean = 21.5, max = NULL WHERE metadata_id = 1;
INSERT INTO statistics (metadata_id, start_ts, sum) VALUES (2, 1767229200, 1205);
