UPDATE log SET valve = 'off' WHERE valve = 'maybe';
UPDATE log SET collect_time = '2026-02-28 00:00:00' WHERE temperature = '4';
UPDATE log SET collect_time = '2026-13-01 00:00:00' WHERE temperature = '1.5';
DELETE FROM log WHERE temperature = '8';
INSERT INTO log (station, collect_time, temperature, valve) VALUES ('west', '2026-01-01 00:00:02', '10', 'false');
UPDATE log SET temperature = NULL, valve = NULL WHERE temperature = '-2';
DELETE FROM gate WHERE cars = 6;
UPDATE gate SET opened = '2026-01-01T00:00:00.0019' WHERE cars = 5;
UPDATE gate SET opened = '2026-01-02' WHERE cars = 7;
