UPDATE fhem_history SET READING = 'dewpoint' WHERE READING = 'humidity' COLLATE utf8mb4_bin AND TIMESTAMP = '2026-01-01 00:00:00';
DELETE FROM fhem_history WHERE READING = 'temperature';
UPDATE fhem_history SET VALUE = '1' WHERE READING = 'lamp';
UPDATE fhem_history SET VALUE = 'wet' WHERE READING = 'humidity' AND VALUE = '42';
UPDATE fhem_history SET VALUE = NULL WHERE DEVICE = 'cellar.a';
INSERT INTO fhem_history (TIMESTAMP, DEVICE, READING, VALUE) VALUES ('2026-01-01 00:00:02', 'attic', 'temperature', 'inf');
INSERT INTO fhem_history (TIMESTAMP, DEVICE, READING, VALUE) VALUES ('2026-01-01 00:00:03', 'attic', 'dewpoint', '3'), ('2026-01-01 00:00:03', 'attic', 'humidity', '4');
UPDATE fhem_history SET TIMESTAMP = '2026-01-01 00:00:04' WHERE READING = 'dewpoint' AND VALUE = '3';
