CREATE TABLE log (
  id INT AUTO_INCREMENT PRIMARY KEY, station VARCHAR(20) NOT NULL, collect_time VARCHAR(30),
  temperature VARCHAR(20), valve VARCHAR(5), KEY (collect_time));
CREATE TABLE gate (
  id INT AUTO_INCREMENT PRIMARY KEY, gate CHAR(3) NOT NULL, opened TEXT, cars INT);
INSERT INTO log (station, collect_time, temperature, valve) VALUES
  ('north', '2026-01-01 00:00:00', '1.5', 'on'), ('north', '2026-01-01 00:00:01', '-2', 'OFF'),
  ('north', '2026-07-01 00:00:00', '3e2', '1'), ('north', '2026-02-30 00:00:00', '4', '0'),
  ('north', '2026-01-01', '5', '0'), ('north', '', '6', '0'), ('north', NULL, '7', '0'),
  ('north', '2026-03-29 02:30:00', '8', 'true'), ('south', '2026-01-01 00:00:00', '9', 'maybe'),
  ('south', '2026-01-01 00:00:05', NULL, NULL), ('south', '9999-12-31 00:00:00', '9', '0');
INSERT INTO gate (gate, opened, cars) VALUES
  ('g1', '2026-01-01', 1), ('g1', '2026-01-01T00:00:00.001', 2), ('g1', '2026-01-01 00:00:01Z', 3),
  ('g1', '2026-01-01T00:00:01+01:00', 4), ('g1', '01.01.2026', 5),
  ('g1', '2026-01-01T01:00:01', 6), ('g1', '2026-01-01T23:00:00-02:00', 7);
