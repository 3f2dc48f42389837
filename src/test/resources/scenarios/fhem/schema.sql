CREATE TABLE fhem_history (
  TIMESTAMP TIMESTAMP NOT NULL, DEVICE VARCHAR(64), TYPE VARCHAR(64), EVENT VARCHAR(512),
  READING VARCHAR(64), VALUE VARCHAR(128), UNIT VARCHAR(32), KEY (DEVICE, READING, TIMESTAMP));
INSERT INTO fhem_history (TIMESTAMP, DEVICE, READING, VALUE) VALUES
  ('2026-01-01 00:00:00', 'attic', 'temperature', '21.5'),
  ('2026-01-01 00:00:00', 'attic', 'humidity', '40'),
  ('2026-01-01 00:00:00', 'attic', 'Humidity', '41'),
  ('2026-01-01 00:00:00', 'cellar.a', 'pump.1', '7'),
  ('2026-01-01 00:00:01', 'attic', 'lamp', 'on'),
  ('2026-01-01 00:00:01', 'attic', 'humidity', '42'),
  ('2026-01-01 00:00:02', 'attic', 'humidity', NULL),
  ('2026-01-01 00:00:01', 'attic', NULL, '1'),
  ('2026-01-01 00:00:01', 'attic', 'time_text', '1'),
  ('2026-01-01 00:00:01', 'attic', 'time', '1');
