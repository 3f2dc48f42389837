UPDATE fhem_history SET READING = 'dewpoint' WHERE READING = 'humidity';
DELETE FROM fhem_history WHERE READING = 'temperature';
UPDATE fhem_history SET VALUE = '1' WHERE READING = 'state';
INSERT INTO fhem_history (TIMESTAMP, DEVICE, READING, VALUE) VALUES ('2026-01-01 00:00:02', 'attic', 'temperature', 'inf');
